import { and, eq, lt, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { insertionOf } from '@/db/insertion';
import { idempotencyKeys } from '@/db/schema';

type Claim = { userId: string; key: string; operation: string; requestHash: string };

type Stored = { operation: string; requestHash: string; response: unknown };

/** What is stored under a key, or null. */
export async function findKey(
  db: Queryable,
  claim: Pick<Claim, 'userId' | 'key'>,
): Promise<Stored | null> {
  const [stored] = await db
    .select({
      operation: idempotencyKeys.operation,
      requestHash: idempotencyKeys.requestHash,
      response: idempotencyKeys.response,
    })
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.userId, claim.userId), eq(idempotencyKeys.key, claim.key)));
  return stored ?? null;
}

/**
 * Claims a key in this transaction. Waits for a concurrent holder; null when the key is ours now, else
 * what is stored under it.
 */
export async function claimKey(tx: Transaction, claim: Claim): Promise<Stored | null> {
  const inserted = await tx.execute(
    sql`${insertionOf(idempotencyKeys, [claim])} ON CONFLICT DO NOTHING RETURNING key`,
  );
  if (inserted.length === 1) return null;
  const stored = await findKey(tx, claim);
  if (!stored) throw new Error('an idempotency key vanished between two statements');
  return stored;
}

export async function storeResponse(
  tx: Transaction,
  claim: Pick<Claim, 'userId' | 'key'>,
  response: unknown,
): Promise<void> {
  await tx.execute(sql`
    UPDATE idempotency_keys SET response = ${JSON.stringify(response)}::jsonb
    WHERE user_id = ${claim.userId} AND key = ${claim.key}`);
}

/**
 * What is stored under a key, or null: then it is this transaction's, and whoever comes with the same waits for its
 * end. Writes nothing.
 */
export async function findKeyInTurn(
  tx: Transaction,
  { userId, key }: Pick<Claim, 'userId' | 'key'>,
): Promise<Stored | null> {
  const [stored] = await tx.execute<Stored>(sql`
    SELECT operation, request_hash AS "requestHash", response
    FROM answered_in_turn(${userId}, ${key})`);
  return stored ?? null;
}

/** Keeps the answer under a key that is this transaction's. */
export async function keepAnswer(
  tx: Transaction,
  answered: Claim & { response: unknown },
): Promise<void> {
  await tx.execute(insertionOf(idempotencyKeys, [answered]));
}

/** Keys answer for a day. */
export async function dropKeysBefore(db: Queryable, before: Date): Promise<void> {
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, before));
}
