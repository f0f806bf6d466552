import { and, asc, eq, gt, lte, type SQL, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { madeOnce } from '@/db/made-once';
import { offers } from '@/db/schema';
import { wholeRows } from '@/db/whole-rows';
import { anyOf, arrayLiteral } from './array-literal';

export type OfferRow = typeof offers.$inferSelect;
type NewOffer = typeof offers.$inferInsert;

/** In the text: as a parameter it would be planned for anew each time, being rare. */
const pending = sql`${offers.status} = 'pending'`;

export async function findOffer(db: Queryable, id: string): Promise<OfferRow | null> {
  const [row] = await wholeRows(db, offers, sql`WHERE id = ${id}`);
  return row ?? null;
}

const ordersInRun = madeOnce((paper) =>
  paper
    .select({ orderId: offers.orderId })
    .from(offers)
    .where(eq(offers.runId, sql.placeholder('runId')))
    .orderBy(asc(offers.orderId)),
);

/** The orders of a run, which are the same from its beginning to its end. Uses `offers_run`. */
export async function ordersOfRun(db: Queryable, runId: string): Promise<string[]> {
  const rows = await ordersInRun(db, { runId });
  return rows.map(({ orderId }) => orderId);
}

const deliveriesInRun = madeOnce((paper) =>
  paper
    .select({ deliveryId: offers.deliveryId })
    .from(offers)
    .where(eq(offers.runId, sql.placeholder('runId'))),
);

export async function deliveriesOfRun(db: Queryable, runId: string): Promise<string[]> {
  const rows = await deliveriesInRun(db, { runId });
  return rows.map(({ deliveryId }) => deliveryId);
}

const driversAsked = madeOnce((paper) =>
  paper
    .select({ id: offers.driverId })
    .from(offers)
    .where(and(eq(offers.deliveryId, anyOf(sql.placeholder('deliveryIds'))), pending)),
);

/**
 * Locks these drivers and all who are being asked about these deliveries, with their positions, in the
 * order of their ids: several questions may end in one transaction. Comes after the orders' locks.
 */
export async function lockDrivers(
  tx: Transaction,
  deliveryIds: readonly string[],
  ...driverIds: (string | null)[]
): Promise<void> {
  const asked =
    deliveryIds.length === 0
      ? []
      : await driversAsked(tx, { deliveryIds: arrayLiteral(deliveryIds) });
  const named = driverIds.filter((id) => id !== null);
  const ids = [...new Set([...named, ...asked.map(({ id }) => id)])];
  if (ids.length === 0) return;
  // One after the other on their connection, and one round trip.
  await Promise.all([
    tx.execute(sql`
      SELECT FROM drivers WHERE user_id = ${anyOf(ids)} ORDER BY user_id FOR NO KEY UPDATE`),
    tx.execute(sql`
      SELECT FROM driver_positions WHERE driver_id = ${anyOf(ids)}
      ORDER BY driver_id FOR NO KEY UPDATE`),
  ]);
}

/**
 * Asks one driver about a run, an offer for each of its orders; null when the driver has as many
 * questions open as they may have, or is asked about one of these deliveries already. The driver is
 * locked before.
 */
export async function insertRun(
  tx: Transaction,
  run: readonly NewOffer[],
  questionsAtOnce: number,
): Promise<OfferRow[] | null> {
  const [first] = run;
  if (!first) return null;
  const open = await tx
    .select({ slot: offers.askSlot, deliveryId: offers.deliveryId })
    .from(offers)
    .where(and(eq(offers.driverId, first.driverId), pending));
  const taken = new Set(open.map(({ slot }) => slot));
  const slots = Array.from({ length: questionsAtOnce }, (_, n) => n + 1);
  const askSlot = slots.find((slot) => !taken.has(slot));
  const askedAbout = new Set(open.map(({ deliveryId }) => deliveryId));
  if (askSlot === undefined || run.some(({ deliveryId }) => askedAbout.has(deliveryId)))
    return null;
  return tx
    .insert(offers)
    .values(run.map((offer) => ({ ...offer, askSlot })))
    .returning();
}

type Answer = Partial<Pick<NewOffer, 'status' | 'reason'>>;

const byStop = (a: OfferRow, b: OfferRow) => a.runStop - b.runStop;

async function endPending(tx: Transaction, answer: Answer, which: SQL[]): Promise<OfferRow[]> {
  const rows = await tx
    .update(offers)
    .set(answer)
    .where(and(pending, ...which))
    .returning();
  return rows.sort(byStop);
}

const acceptance = madeOnce((paper) =>
  paper
    .update(offers)
    .set({ status: 'accepted' })
    .where(
      and(
        pending,
        eq(offers.runId, sql.placeholder('runId')),
        eq(offers.driverId, sql.placeholder('driverId')),
        gt(offers.expiresAt, sql.placeholder('now')),
      ),
    )
    .returning(),
);

/** What is left of a run, pending → accepted, while it is alive at `now`; empty for whoever is too late. */
export async function acceptPendingRun(
  tx: Transaction,
  runId: string,
  driverId: string,
  now: Date,
): Promise<OfferRow[]> {
  const rows = await acceptance(tx, { runId, driverId, now: now.toISOString() });
  return rows.sort(byStop);
}

export function declinePendingRun(
  tx: Transaction,
  runId: string,
  driverId: string,
  reason: string,
): Promise<OfferRow[]> {
  const own = [eq(offers.runId, runId), eq(offers.driverId, driverId)];
  return endPending(tx, { status: 'declined', reason }, own);
}

/** What is left of some runs, pending → expired, where their time is up. The drivers are locked before. */
export function expireRuns(
  tx: Transaction,
  runIds: readonly string[],
  now: Date,
): Promise<OfferRow[]> {
  const which = sql`${offers.runId} = ${anyOf(runIds)}`;
  return endPending(tx, { status: 'expired' }, [which, lte(offers.expiresAt, now)]);
}

export function withdrawRun(tx: Transaction, runId: string): Promise<OfferRow[]> {
  return endPending(tx, { status: 'withdrawn' }, [eq(offers.runId, runId)]);
}

const withdrawal = madeOnce((paper) =>
  paper
    .update(offers)
    .set({ status: 'withdrawn' })
    .where(and(pending, eq(offers.deliveryId, anyOf(sql.placeholder('deliveryIds'))))),
);

/**
 * Takes back every offer of these deliveries that is still pending; what else their runs hold stays. The
 * drivers are locked before.
 */
export async function withdrawPendingOffers(
  tx: Transaction,
  deliveryIds: readonly string[],
): Promise<void> {
  await withdrawal(tx, { deliveryIds: arrayLiteral(deliveryIds) });
}

/** Who is thinking about a delivery. */
export async function askedAbout(db: Queryable, deliveryId: string): Promise<Set<string>> {
  const rows = await db
    .select({ driverId: offers.driverId })
    .from(offers)
    .where(and(eq(offers.deliveryId, deliveryId), pending));
  return new Set(rows.map(({ driverId }) => driverId));
}

/** A question that is open, with all its orders. */
export type OpenRun = { runId: string; orderIds: string[] };

/** Questions whose time is up, oldest first. Uses `offers_expiring`. */
export async function runsToExpire(
  db: Queryable,
  zoneId: string,
  now: Date,
  limit: number,
): Promise<(OpenRun & { driverId: string })[]> {
  const rows = await db.execute<OpenRun & { driverId: string }>(sql`
    SELECT f.run_id AS "runId", f.driver_id AS "driverId", array_agg(f.order_id ORDER BY f.order_id) AS "orderIds"
    FROM offers f JOIN deliveries d ON d.id = f.delivery_id
    WHERE f.status = 'pending' AND f.expires_at <= ${now.toISOString()}::timestamptz
      AND d.zone_id = ${zoneId} AND d.status IN ('unassigned', 'offering')
    GROUP BY f.run_id, f.driver_id ORDER BY min(f.expires_at) LIMIT ${limit}`);
  return [...rows];
}

/** What a driver is being asked. Uses `offers_pending_of_driver`. */
export async function runsAskedOf(db: Queryable, driverId: string): Promise<OpenRun[]> {
  const rows = await db.execute<OpenRun>(sql`
    SELECT f.run_id AS "runId", array_agg(f.order_id ORDER BY f.order_id) AS "orderIds"
    FROM offers f WHERE f.status = 'pending' AND f.driver_id = ${driverId}
    GROUP BY f.run_id`);
  return [...rows];
}
