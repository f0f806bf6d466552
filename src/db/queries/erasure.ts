import { and, asc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { drivers, orders, payments, restaurantStaff, users } from '@/db/schema';
import type { Role } from '@/domain/roles';

/** The ids of a customer's orders. Uses `orders_customer`. */
export async function orderIdsOf(db: Queryable, customerId: string): Promise<string[]> {
  const rows = await db
    .select({ id: orders.id })
    .from(orders)
    .where(eq(orders.customerId, customerId))
    .orderBy(asc(orders.id));
  return rows.map(({ id }) => id);
}

/** Locks a person so that nothing of theirs can be added meanwhile; null when there is no such person. */
export async function lockToErase(
  tx: Transaction,
  userId: string,
): Promise<{ role: Role; demo: boolean; erasedAt: Date | null; version: number } | null> {
  const [row] = await tx
    .select({
      role: users.role,
      demo: users.demo,
      erasedAt: users.erasedAt,
      version: users.version,
    })
    .from(users)
    .where(eq(users.id, userId))
    .for('update');
  return row ?? null;
}

export const hasOpenOrder = async (db: Queryable, customerId: string): Promise<boolean> =>
  (await db.$count(orders, and(eq(orders.customerId, customerId), isNull(orders.closedAt)))) > 0;

/** Whether money of theirs is still held, or owed to a provider. */
export const hasMoneyUnderWay = async (db: Queryable, customerId: string): Promise<boolean> =>
  (await db.$count(
    payments,
    and(
      eq(payments.customerId, customerId),
      or(
        isNotNull(payments.due),
        and(eq(payments.method, 'card'), sql`${payments.status} IN ('pending', 'authorised')`),
      ),
    ),
  )) > 0;

/** Whether they have driven, or act for a restaurant: others' records name them. */
export async function hasWorked(db: Queryable, userId: string): Promise<boolean> {
  const drove = await db.$count(drivers, eq(drivers.userId, userId));
  const tied = await db.$count(restaurantStaff, eq(restaurantStaff.userId, userId));
  return drove + tied > 0;
}

/** Takes a customer out of everything; how many orders of theirs stay. */
export async function eraseCustomer(
  tx: Transaction,
  userId: string,
  { passwordHash, reason, at }: { passwordHash: string; reason: string; at: Date },
): Promise<number> {
  const [row] = await tx.execute<{ orders: number }>(sql`
    SELECT erase_customer(${userId}::uuid, ${passwordHash}, ${reason}, ${at.toISOString()}::timestamptz)
      AS orders`);
  return row?.orders ?? 0;
}

/** Notes in the list of changes that somebody's data was handed out. */
export async function noteExport(tx: Transaction, userId: string): Promise<void> {
  await tx.execute(sql`SELECT record_change('person', ${userId}::uuid, 'person.exported', '{}')`);
}
