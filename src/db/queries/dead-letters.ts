import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { notices } from '@/db/schema';
import type { DeadLetter, LettersHandled } from '@/domain/dead-letter';

/** A place in the list of what is dead: the latest first. */
export type DeadPlace = { diedAt: string; id: string };

/** What could not be delivered, the latest first, after a place in that order. Uses `notices_dead`. */
export async function listDead(
  db: Queryable,
  after: DeadPlace | null,
  limit: number,
): Promise<DeadLetter[]> {
  const place = after
    ? sql`AND (n.died_at, n.id) < (${after.diedAt}::timestamptz, ${after.id}::uuid)`
    : sql``;
  const rows = await db.execute<DeadLetter>(sql`
    SELECT n.id, n.channel AS sink, u.name AS recipient, n.kind AS about,
      jsonb_build_object('id', o.id, 'number', o.number) AS "order",
      CASE n.channel WHEN 'email' THEN u.email ELSE (
        SELECT string_agg(DISTINCT substring(s.endpoint FROM '//([^/]+)'), ', ')
        FROM push_subscriptions s WHERE s.user_id = n.user_id) END AS destination,
      n.attempts, n.last_error AS error, n.content AS payload,
      to_jsonb(n.created_at) #>> '{}' AS "createdAt", to_jsonb(n.died_at) #>> '{}' AS "diedAt"
    FROM notices n JOIN users u ON u.id = n.user_id JOIN orders o ON o.id = n.order_id
    WHERE n.status = 'dead' ${place}
    ORDER BY n.died_at DESC, n.id DESC LIMIT ${limit}`);
  return [...rows];
}

export async function countDead(db: Queryable): Promise<number> {
  return db.$count(notices, eq(notices.status, 'dead'));
}

/** Of these letters, or of the oldest that are dead: their ids, and the orders that they are about. */
export async function findLetters(
  db: Queryable,
  which: readonly string[] | 'all',
  limit: number,
): Promise<{ id: string; orderId: string }[]> {
  return db
    .select({ id: notices.id, orderId: notices.orderId })
    .from(notices)
    .where(which === 'all' ? eq(notices.status, 'dead') : inArray(notices.id, [...which]))
    .orderBy(asc(notices.diedAt))
    .limit(limit);
}

type Passed = LettersHandled['passed'];

/** Compare-and-set: those that were dead get what is decided. What they were instead is told of the rest. */
async function decide(
  tx: Transaction,
  ids: readonly string[],
  change: Partial<typeof notices.$inferInsert>,
): Promise<{ done: number; passed: Passed }> {
  if (ids.length === 0) return { done: 0, passed: [] };
  const changed = await tx
    .update(notices)
    .set(change)
    .where(and(inArray(notices.id, [...ids]), eq(notices.status, 'dead')))
    .returning({ id: notices.id });
  const done = new Set(changed.map(({ id }) => id));
  const others = ids.filter((id) => !done.has(id));
  const passed = await tx
    .select({ id: notices.id, status: notices.status, handledBy: notices.handledBy })
    .from(notices)
    .where(inArray(notices.id, others));
  return { done: done.size, passed };
}

/** From the beginning: the attempts and the time that it is worth something count anew, by a trigger. */
export const redriveLetters = (tx: Transaction, ids: readonly string[]) =>
  decide(tx, ids, { status: 'waiting' });

export const discardLetters = (tx: Transaction, ids: readonly string[], reason: string) =>
  decide(tx, ids, { status: 'discarded', discardReason: reason });
