import { eq, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { orderShares } from '@/db/schema';
import { ensured } from '@/domain/errors';
import { anyOf } from './array-literal';

/** The order's token: the one that it has already, or `fresh`. */
export async function shareToken(tx: Transaction, orderId: string, fresh: string): Promise<string> {
  const [row] = await tx
    .insert(orderShares)
    .values({ orderId, token: fresh })
    .onConflictDoUpdate({ target: orderShares.orderId, set: { token: sql`order_shares.token` } })
    .returning({ token: orderShares.token });
  return ensured(row, 'the token that was kept').token;
}

export async function dropShare(tx: Transaction, orderId: string): Promise<void> {
  await tx.delete(orderShares).where(eq(orderShares.orderId, orderId));
}

export async function sharedOrderId(db: Queryable, token: string): Promise<string | null> {
  const [row] = await db
    .select({ orderId: orderShares.orderId })
    .from(orderShares)
    .where(eq(orderShares.token, token));
  return row?.orderId ?? null;
}

/** The tokens of those of these orders that are shared. */
export async function tokensOf(
  db: Queryable,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (orderIds.length === 0) return new Map();
  const rows = await db
    .select({ orderId: orderShares.orderId, token: orderShares.token })
    .from(orderShares)
    .where(eq(orderShares.orderId, anyOf(orderIds)));
  return new Map(rows.map(({ orderId, token }) => [orderId, token]));
}
