import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { notices, relayLetters } from '@/db/schema';
import type { DeadLetter, LettersHandled } from '@/domain/dead-letter';
import { anyOf } from './array-literal';

/** A place in the list of what is dead: the latest first. */
export type DeadPlace = { diedAt: string; id: string };

/**
 * What could not be delivered, notices and events, the latest first, after a place in that order. Uses
 * `notices_dead` and `relay_letters_dead`.
 */
export async function listDead(
  db: Queryable,
  after: DeadPlace | null,
  limit: number,
): Promise<DeadLetter[]> {
  const place = (table: SQL) =>
    after
      ? sql`AND (${table}.died_at, ${table}.id) < (${after.diedAt}::timestamptz, ${after.id}::uuid)`
      : sql``;
  const deadNotices = sql`
    SELECT n.id, n.channel AS sink, u.name AS recipient, n.kind AS about,
      jsonb_build_object('id', o.id, 'number', o.number) AS "order",
      CASE n.channel WHEN 'email' THEN u.email ELSE (
        SELECT string_agg(DISTINCT substring(s.endpoint FROM '//([^/]+)'), ', ')
        FROM push_subscriptions s WHERE s.user_id = n.user_id) END AS destination,
      n.attempts, n.last_error AS error, n.content AS payload, n.created_at, n.died_at
    FROM notices n JOIN users u ON u.id = n.user_id JOIN orders o ON o.id = n.order_id
    WHERE n.status = 'dead' ${place(sql`n`)}
    ORDER BY n.died_at DESC, n.id DESC LIMIT ${limit}`;
  const deadEvents = sql`
    SELECT l.id, d.kind AS sink, d.name AS recipient, l.event_type AS about,
      (SELECT jsonb_build_object('id', o.id, 'number', o.number) FROM orders o
        WHERE o.id = e.stream_id) AS "order",
      d.url AS destination, l.attempts, l.last_error AS error, e.data AS payload, l.created_at, l.died_at
    FROM relay_letters l JOIN relay_destinations d ON d.id = l.destination_id
      LEFT JOIN events e ON e.position = l.position
    WHERE l.status = 'dead' ${place(sql`l`)}
    ORDER BY l.died_at DESC, l.id DESC LIMIT ${limit}`;
  const rows = await db.execute<DeadLetter>(sql`
    SELECT id, sink, recipient, about, "order", destination, attempts, error, payload,
      to_jsonb(created_at) #>> '{}' AS "createdAt", to_jsonb(died_at) #>> '{}' AS "diedAt"
    FROM ((${deadNotices}) UNION ALL (${deadEvents})) dead
    ORDER BY died_at DESC, id DESC LIMIT ${limit}`);
  return [...rows];
}

export async function countDead(db: Queryable): Promise<number> {
  const [ofNotices, ofEvents] = await Promise.all([
    db.$count(notices, eq(notices.status, 'dead')),
    db.$count(relayLetters, eq(relayLetters.status, 'dead')),
  ]);
  return ofNotices + ofEvents;
}

/** Of these letters, or of the oldest that are dead: their ids, and the orders whose notices they are. */
export async function findLetters(
  db: Queryable,
  which: readonly string[] | 'all',
  limit: number,
): Promise<{ id: string; orderId: string | null }[]> {
  const [some, letter] =
    which === 'all'
      ? [sql`n.status = 'dead'`, sql`l.status = 'dead'`]
      : [sql`n.id = ${anyOf(which)}`, sql`l.id = ${anyOf(which)}`];
  const rows = await db.execute<{ id: string; orderId: string | null }>(sql`
    SELECT id, order_id AS "orderId" FROM (
      (SELECT n.id, n.order_id, n.died_at FROM notices n WHERE ${some} ORDER BY 3 LIMIT ${limit})
      UNION ALL
      (SELECT l.id, NULL, l.died_at FROM relay_letters l WHERE ${letter} ORDER BY 3 LIMIT ${limit})
    ) found ORDER BY died_at LIMIT ${limit}`);
  return [...rows];
}

type Passed = LettersHandled['passed'];
type Change = { status: 'waiting' } | { status: 'discarded'; discardReason: string };

/** Compare-and-set: those that were dead get what is decided. What they were instead is told of the rest. */
async function decideOn(
  table: typeof notices | typeof relayLetters,
  tx: Transaction,
  ids: readonly string[],
  change: Change,
): Promise<{ done: number; passed: Passed }> {
  const changed = await tx
    .update(table)
    .set(change)
    .where(and(inArray(table.id, [...ids]), eq(table.status, 'dead')))
    .returning({ id: table.id });
  const done = new Set(changed.map(({ id }) => id));
  const others = ids.filter((id) => !done.has(id));
  const passed = await tx
    .select({ id: table.id, status: table.status, handledBy: table.handledBy })
    .from(table)
    .where(inArray(table.id, others));
  return { done: done.size, passed };
}

async function decide(tx: Transaction, ids: readonly string[], change: Change) {
  if (ids.length === 0) return { done: 0, passed: [] };
  const ofNotices = await decideOn(notices, tx, ids, change);
  const ofEvents = await decideOn(relayLetters, tx, ids, change);
  return {
    done: ofNotices.done + ofEvents.done,
    passed: [...ofNotices.passed, ...ofEvents.passed],
  };
}

/** From the beginning: the attempts and the time that it is worth something count anew, by a trigger. */
export const redriveLetters = (tx: Transaction, ids: readonly string[]) =>
  decide(tx, ids, { status: 'waiting' });

export const discardLetters = (tx: Transaction, ids: readonly string[], reason: string) =>
  decide(tx, ids, { status: 'discarded', discardReason: reason });
