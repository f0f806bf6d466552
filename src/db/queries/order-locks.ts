import { sql } from 'drizzle-orm';
import type { Transaction } from '@/db/client';
import { orders } from '@/db/schema';
import { wholeRows } from '@/db/whole-rows';
import type { OrderStatus } from '@/domain/order';
import { anyOf } from './array-literal';
import type { OrderRow } from './orders';

/**
 * Takes the lock that orders all changes of one order, its delivery and its offers. Comes before
 * every other write of a transaction: only then do transaction ids follow the order of the changes.
 */
export async function lockOrder(tx: Transaction, orderId: string): Promise<OrderRow | null> {
  const [row] = await wholeRows(tx, orders, sql`WHERE id = ${orderId} FOR UPDATE`);
  return row ?? null;
}

/** As `lockOrder`, by one of its deliveries: what order that is of never changes. */
export async function lockOrderOf(tx: Transaction, deliveryId: string): Promise<OrderRow | null> {
  const [row] = await wholeRows(
    tx,
    orders,
    sql`WHERE id = (SELECT order_id FROM deliveries WHERE id = ${deliveryId}) FOR UPDATE`,
  );
  return row ?? null;
}

/** As `lockOrder` for several, always in the order of their ids: two that share some never deadlock. */
export async function lockOrders(
  tx: Transaction,
  orderIds: readonly string[],
): Promise<OrderRow[]> {
  return wholeRows(tx, orders, sql`WHERE id = ${anyOf(orderIds)} ORDER BY id FOR UPDATE`);
}

/** As `lockOrder`, but null at once when somebody else holds the order. */
export async function tryLockOrder(tx: Transaction, orderId: string): Promise<OrderRow | null> {
  const [row] = await wholeRows(tx, orders, sql`WHERE id = ${orderId} FOR UPDATE SKIP LOCKED`);
  return row ?? null;
}

/** As `lockOrders`, but null at once when somebody else holds one of them. */
export async function tryLockOrders(
  tx: Transaction,
  orderIds: readonly string[],
): Promise<OrderRow[] | null> {
  const rows = await wholeRows(
    tx,
    orders,
    sql`WHERE id = ${anyOf(orderIds)} ORDER BY id FOR UPDATE SKIP LOCKED`,
  );
  return rows.length === orderIds.length ? rows : null;
}

/** Locks those of some orders that nobody else holds; answers how they stand. */
export async function lockFreeOrders(
  tx: Transaction,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, OrderStatus>> {
  const rows = await tx.execute<{ id: string; status: OrderStatus }>(sql`
    SELECT id, status FROM orders WHERE id = ${anyOf(orderIds)} ORDER BY id FOR UPDATE SKIP LOCKED`);
  return new Map(rows.map(({ id, status }) => [id, status]));
}
