import { eq, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { orders } from '@/db/schema';
import { ACTOR_PREFIX } from '@/domain/actor';
import type { LogEvent } from '@/domain/events';
import type { LogFilter, LogSource } from '@/domain/log-filter';
import type { Role } from '@/domain/roles';
import { anyOf } from './array-literal';
import { type EventRow, eventColumns, type LogPosition, type ReadEvent, toRead } from './events';

/** No transaction writes an event so long after it has begun to write, minutes. */
const LONGEST_WRITE = 5;

/** The latest event at or before a moment, or the earliest at or after it. Uses `events_at`. */
async function placeNear(
  db: Queryable,
  at: Date,
  side: 'before' | 'after',
): Promise<LogPosition | null> {
  const moment = sql`${at.toISOString()}::timestamptz`;
  const [row] = await db.execute<LogPosition>(
    side === 'before'
      ? sql`SELECT xid::text AS xid, position::text AS position FROM events
          WHERE at <= ${moment} ORDER BY at DESC LIMIT 1`
      : sql`SELECT xid::text AS xid, position::text AS position FROM events
          WHERE at >= ${moment} ORDER BY at LIMIT 1`,
  );
  return row ? { xid: row.xid, position: row.position } : null;
}

/** How far the log had come at a moment. */
export const placeAt = (db: Queryable, at: Date): Promise<LogPosition | null> =>
  placeNear(db, at, 'before');

const rowOf = ({ xid, position }: LogPosition): SQL => sql`(${xid}::xid8, ${position}::bigint)`;

const minutesFrom = (iso: string, minutes: number): Date =>
  new Date(Date.parse(iso) + minutes * 60_000);

/**
 * A stretch of time as one of the log's order: the times themselves are not quite in that order, so it
 * is taken a little wider.
 */
async function stretchOf(db: Queryable, { from, to }: LogFilter): Promise<SQL[]> {
  const floor = from && (await placeNear(db, minutesFrom(from, -LONGEST_WRITE), 'before'));
  const ceiling = to && (await placeNear(db, minutesFrom(to, LONGEST_WRITE), 'after'));
  return [
    ...(from ? [sql`at >= ${from}::timestamptz`] : []),
    ...(to ? [sql`at < ${to}::timestamptz`] : []),
    ...(floor ? [sql`(xid, position) > ${rowOf(floor)}`] : []),
    ...(ceiling ? [sql`(xid, position) < ${rowOf(ceiling)}`] : []),
  ];
}

/** Literally, so that the partial indexes serve. */
const streamIs = (stream: LogEvent['stream']): SQL => sql.raw(`stream = '${stream}'`);
const BY_DOOR: Partial<Record<LogSource, string>> = {
  app: `via IS NULL`,
  api: `via = 'api'`,
};
function sourceIs(door: LogSource): SQL {
  const source = door === 'api' ? 'app' : door;
  const conditions = [`actor LIKE '${ACTOR_PREFIX[source]}%'`, BY_DOOR[door]];
  return sql.raw(conditions.filter(Boolean).join(' AND '));
}

/**
 * The log's lines that pass, latest first, after a place in that order; below the watermark, as feeds
 * read it. Uses `events_order_of_reading`, or the index of whichever filter leaves least over.
 */
export async function readLog(
  db: Queryable,
  filter: LogFilter,
  before: LogPosition | null,
  limit: number,
): Promise<ReadEvent[]> {
  const { stream, type, orderId, actor, source } = filter;
  const conditions = [
    sql`xid < pg_snapshot_xmin(pg_current_snapshot())`,
    ...(before ? [sql`(xid, position) < ${rowOf(before)}`] : []),
    ...(stream ? [streamIs(stream)] : []),
    ...(type ? [sql`type = ${type}`] : []),
    ...(orderId ? [sql`stream_id = ${orderId}`] : []),
    ...(actor ? [sql`actor = ${actor}`] : []),
    ...(source ? [sourceIs(source)] : []),
    ...(await stretchOf(db, filter)),
  ];
  const rows = await db.execute<EventRow>(sql`
    SELECT ${eventColumns} FROM events WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY events.xid DESC, events.position DESC LIMIT ${limit}`);
  return rows.map(toRead);
}

/** One line by its place. */
export async function findEvent(
  db: Queryable,
  { xid, position }: LogPosition,
): Promise<LogEvent | null> {
  const [row] = await db.execute<EventRow>(sql`
    SELECT ${eventColumns} FROM events
    WHERE position = ${position}::bigint AND xid = ${xid}::xid8`);
  return row ? toRead(row).event : null;
}

export async function orderIdOfNumber(db: Queryable, number: number): Promise<string | null> {
  const [row] = await db.select({ id: orders.id }).from(orders).where(eq(orders.number, number));
  return row?.id ?? null;
}

/** What streams are about, by id: an order's number as `#1042`, a restaurant's or a driver's name. */
export async function subjectsOf(
  db: Queryable,
  streamIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.execute<{ id: string; subject: string | null }>(sql`
    SELECT s.id, coalesce('#' || o.number, r.name, u.name) AS subject
    FROM streams s LEFT JOIN orders o ON o.id = s.id LEFT JOIN restaurants r ON r.id = s.id
    LEFT JOIN users u ON u.id = s.id
    WHERE s.id = ${anyOf(streamIds)}`);
  return new Map(rows.flatMap(({ id, subject }) => (subject ? [[id, subject] as const] : [])));
}

export type Person = { name: string; role: Role };

/** People by id. */
export async function peopleById(
  db: Queryable,
  ids: readonly string[],
): Promise<Record<string, Person>> {
  if (ids.length === 0) return {};
  const rows = await db.execute<Person & { id: string }>(sql`
    SELECT id, name, role FROM users WHERE id = ${anyOf(ids)}`);
  return Object.fromEntries(rows.map(({ id, name, role }) => [id, { name, role }]));
}
