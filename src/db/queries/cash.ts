import { sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { cashHandinOrders, cashHandins } from '@/db/schema';
import type { CashDue, CashHandin } from '@/domain/cash';

/** Collected at doors by somebody, and not handed in. */
const OPEN = sql`
  FROM deliveries d
  JOIN orders o ON o.id = d.order_id AND o.payment_method = 'cash'
  JOIN payments p ON p.order_id = o.id AND p.method = 'cash' AND p.purpose = 'order'
    AND p.status IN ('captured', 'partly_refunded', 'refunded')
  LEFT JOIN cash_handin_orders h ON h.order_id = o.id
  WHERE d.status = 'delivered' AND h.order_id IS NULL`;

/** Cash that is to be handed in, by driver: of one, or of all; the most first. */
export async function cashDue(db: Queryable, driverId?: string): Promise<CashDue[]> {
  const rows = await db.execute<CashDue>(sql`
    SELECT due.driver_id AS "driverId", u.name AS "driverName", due.currency, due.amount, due.orders,
      due.since
    FROM (
      SELECT d.driver_id, o.currency, sum(p.captured)::int AS amount, count(*)::int AS orders,
        to_jsonb(min(d.delivered_at)) #>> '{}' AS since
      ${OPEN} ${driverId ? sql`AND d.driver_id = ${driverId}` : sql``}
      GROUP BY d.driver_id, o.currency
    ) due JOIN users u ON u.id = due.driver_id
    WHERE due.amount > 0
    ORDER BY due.amount DESC, u.name`);
  return [...rows];
}

/** Notes that all of it is handed in. The driver is locked: nobody else settles it meanwhile. */
export async function insertHandin(
  tx: Transaction,
  handin: { driverId: string; adminId: string; currency: string; amount: number; at: Date },
): Promise<string> {
  const { driverId, currency } = handin;
  const open = await tx.execute<{ orderId: string; amount: number }>(sql`
    SELECT o.id AS "orderId", p.captured AS amount
    ${OPEN} AND d.driver_id = ${driverId} AND o.currency = ${currency}`);
  const [row] = await tx.insert(cashHandins).values(handin).returning({ id: cashHandins.id });
  if (!row) throw new Error('a hand-in was not inserted');
  await tx.insert(cashHandinOrders).values(open.map((order) => ({ ...order, handinId: row.id })));
  return row.id;
}

/** What was handed in lately, latest first: by one driver, or by all. Uses `cash_handins_at`. */
export async function latestHandins(
  db: Queryable,
  limit: number,
  driverId?: string,
): Promise<CashHandin[]> {
  const rows = await db.execute<CashHandin>(sql`
    SELECT c.id, u.name AS "driverName", a.name AS "adminName", c.currency, c.amount,
      (SELECT count(*)::int FROM cash_handin_orders h WHERE h.handin_id = c.id) AS orders,
      to_jsonb(c.at) #>> '{}' AS at
    FROM cash_handins c JOIN users u ON u.id = c.driver_id JOIN users a ON a.id = c.admin_id
    ${driverId ? sql`WHERE c.driver_id = ${driverId}` : sql``}
    ORDER BY c.at DESC LIMIT ${limit}`);
  return [...rows];
}
