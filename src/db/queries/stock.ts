import { sql } from 'drizzle-orm';
import type { Transaction } from '@/db/client';
import { anyOf } from './array-literal';

/** An item of which fewer are left than were asked for. */
export type Shortage = { itemId: string; name: string; left: number };

/**
 * Takes what an order holds out of the stock, or nothing at all: then it says what is short. Items that
 * are not counted are never short. Items are locked in the order of their ids, so that two orders never
 * wait for each other in a ring.
 */
export async function takeStock(
  tx: Transaction,
  lines: readonly { itemId: string; quantity: number }[],
): Promise<Shortage[]> {
  const wanted = new Map<string, number>();
  for (const { itemId, quantity } of lines) {
    wanted.set(itemId, (wanted.get(itemId) ?? 0) + quantity);
  }
  const counted = await tx.execute<{ id: string; name: string; stock: number }>(sql`
    SELECT id, name, stock FROM menu_items
    WHERE id = ${anyOf([...wanted.keys()])} AND stock IS NOT NULL
    ORDER BY id FOR NO KEY UPDATE`);
  const short = counted.filter(({ id, stock }) => stock < (wanted.get(id) ?? 0));
  if (short.length > 0) {
    return short.map(({ id, name, stock }) => ({ itemId: id, name, left: stock }));
  }
  if (counted.length === 0) return [];
  const taken = counted.map(({ id }) => wanted.get(id) ?? 0);
  await tx.execute(sql`
    UPDATE menu_items SET stock = stock - taken.quantity
    FROM unnest(${sql.param(counted.map(({ id }) => id))}::uuid[],
      ${sql.param(taken)}::int[]) AS taken (id, quantity)
    WHERE menu_items.id = taken.id`);
  return [];
}

/** Puts back what an order took; call it once, with the step that ends the order. */
export async function returnStock(tx: Transaction, orderId: string): Promise<void> {
  await tx.execute(sql`
    WITH taken AS (
      SELECT item_id, sum(quantity)::int AS quantity FROM order_lines
      WHERE order_id = ${orderId} GROUP BY item_id
    ), locked AS (
      SELECT i.id, taken.quantity FROM menu_items i JOIN taken ON taken.item_id = i.id
      WHERE i.stock IS NOT NULL ORDER BY i.id FOR NO KEY UPDATE OF i
    )
    UPDATE menu_items SET stock = stock + locked.quantity FROM locked
    WHERE menu_items.id = locked.id`);
}
