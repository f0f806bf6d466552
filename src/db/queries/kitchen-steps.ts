import { and, asc, eq, inArray, isNull, lt, lte, not, or, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { orders } from '@/db/schema';
import { OPEN_STATES, type OrderCommand, type OrderStatus } from '@/domain/order';

export type KitchenStep = { orderId: string; command: OrderCommand };

/**
 * Orders whose next kitchen step is due: those of restaurants that accept by themselves, as soon as
 * they are paid for and it is time to cook, and those whose money was not held until `unpaidBefore`.
 */
export async function dueKitchenSteps(
  db: Queryable,
  now: Date,
  unpaidBefore: Date,
  limit: number,
): Promise<KitchenStep[]> {
  const paid = sql`NOT (${orders.paymentMethod} = 'card' AND ${orders.paymentStatus} = 'pending')`;
  const timeToCook = or(isNull(orders.cookFrom), lte(orders.cookFrom, now));
  const unpaid = and(eq(orders.status, 'placed'), lt(orders.placedAt, unpaidBefore), not(paid));
  const byItself = and(
    eq(orders.autoAccept, true),
    or(
      and(eq(orders.status, 'placed'), paid),
      and(eq(orders.status, 'accepted'), timeToCook),
      and(eq(orders.status, 'preparing'), lt(orders.readyEstimateAt, now)),
    ),
  );
  const rows = await db
    .select({
      orderId: orders.id,
      status: orders.status,
      byItself: sql<boolean>`coalesce(${byItself}, false)`,
    })
    .from(orders)
    .where(and(inArray(orders.status, OPEN_STATES), or(byItself, unpaid)))
    .orderBy(asc(orders.placedAt))
    .limit(limit);
  const commands: Partial<Record<OrderStatus, OrderCommand>> = {
    placed: 'accept',
    accepted: 'start',
    preparing: 'finish',
  };
  return rows.flatMap(({ orderId, status, byItself: due }) => {
    const command = due ? commands[status] : 'expire';
    return command ? [{ orderId, command }] : [];
  });
}

/**
 * Another time at which an order is ready, and as much later when an accepted one is begun; `putOff` counts
 * the minutes that a dispatcher has put it off by. False when nobody cooks it (any more).
 */
export async function moveReady(
  tx: Transaction,
  orderId: string,
  { readyAt, putOff }: { readyAt: Date; putOff: number },
): Promise<boolean> {
  const ready = sql`${readyAt.toISOString()}::timestamptz`;
  const rows = await tx
    .update(orders)
    .set({
      readyEstimateAt: readyAt,
      cookFrom: sql`CASE WHEN ${orders.status} = 'accepted'
        THEN ${orders.cookFrom} + (${ready} - ${orders.readyEstimateAt}) ELSE ${orders.cookFrom} END`,
      putOffMinutes: sql`${orders.putOffMinutes} + ${putOff}::integer`,
    })
    .where(and(eq(orders.id, orderId), inArray(orders.status, ['accepted', 'preparing'])))
    .returning({ id: orders.id });
  return rows.length === 1;
}
