import { type SQL, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import type { LogEvent } from '@/domain/events';
import { anyOf, arrayLiteral } from './array-literal';

/** A place in the log: everything at or before it has been read. xid8 as a decimal string. */
export type LogPosition = { xid: string; position: string };

export type EventRow = {
  xid: string;
  position: string;
  settled: boolean;
  stream: LogEvent['stream'];
  stream_id: string;
  version: number;
  type: string;
  data: LogEvent['data'];
  actor: string;
  by_api: boolean;
  at: Date | string;
  customer_id: string | null;
  driver_id: string | null;
  restaurant_id: string | null;
};

export type ReadEvent = {
  event: LogEvent;
  place: LogPosition;
  /** Below the watermark: no transaction that began before it can still add an earlier one. */
  settled: boolean;
  /** Whether a person's program did it, with a token: nobody but admins is told. */
  byApi: boolean;
};

/** As text, under the names of the columns: to order by the columns themselves takes `events.`. */
export const eventColumns = sql`xid::text AS xid, position::text AS position,
  xid < pg_snapshot_xmin(pg_current_snapshot()) AS settled, stream, stream_id, version, type, data,
  actor, via IS NOT NULL AS by_api, at, customer_id, driver_id, restaurant_id`;

export const toRead = (row: EventRow): ReadEvent => ({
  place: { xid: row.xid, position: row.position },
  settled: row.settled,
  byApi: row.by_api,
  event: {
    id: `${row.xid}.${row.position}`,
    stream: row.stream,
    streamId: row.stream_id,
    version: row.version,
    type: row.type,
    data: row.data,
    actor: row.actor,
    at: new Date(row.at).toISOString(),
    customerId: row.customer_id,
    driverId: row.driver_id,
    restaurantId: row.restaurant_id,
  },
});

/**
 * Events after `after` in the order of reading, above the watermark too (see `settled`). It is asked all the
 * time: where the planner sees neither place nor limit as values it plans it once, not each time.
 */
export async function readTail(
  db: Queryable,
  after: LogPosition,
  limit: number,
): Promise<ReadEvent[]> {
  const rows = await db.execute<EventRow>(sql`
    SELECT ${eventColumns} FROM events
    WHERE (xid, position) > ((SELECT ${after.xid}::xid8), (SELECT ${after.position}::bigint))
    ORDER BY events.xid, events.position LIMIT ${sql.raw(`${limit}`)}`);
  return rows.map(toRead);
}

/** One stream after a version, gapless. */
export async function readStream(
  db: Queryable,
  streamId: string,
  afterVersion: number,
  limit: number,
): Promise<LogEvent[]> {
  const rows = await db.execute<EventRow>(sql`
    SELECT ${eventColumns} FROM events
    WHERE stream_id = ${streamId} AND version > ${afterVersion}
    ORDER BY version LIMIT ${limit}`);
  return rows.map((row) => toRead(row).event);
}

/** The versions of a stream that came about through a program. */
export async function versionsByApi(db: Queryable, streamId: string): Promise<Set<number>> {
  const rows = await db.execute<{ version: number }>(sql`
    SELECT version FROM events WHERE stream_id = ${streamId} AND via = 'api'`);
  return new Set(rows.map(({ version }) => version));
}

/** The version that a stream has come to; 0 before its first event. */
export async function versionOf(db: Queryable, streamId: string): Promise<number> {
  const [row] = await db.execute<{ version: number }>(
    sql`SELECT version FROM streams WHERE id = ${streamId}`,
  );
  return row?.version ?? 0;
}

export type Feed =
  | { customerId: string }
  | { driverId: string }
  | { restaurantId: string }
  | { restaurantIds: readonly string[] }
  | 'restaurants'
  | 'all';

function feedCondition(feed: Feed): SQL {
  if (feed === 'all') return sql`true`;
  if (feed === 'restaurants') return sql`stream = 'restaurant'`;
  if ('restaurantIds' in feed) return sql`restaurant_id = ${anyOf(feed.restaurantIds)}`;
  if ('restaurantId' in feed) return sql`restaurant_id = ${feed.restaurantId}`;
  return 'customerId' in feed
    ? sql`customer_id = ${feed.customerId}`
    : sql`driver_id = ${feed.driverId}`;
}

/** A feed over many streams after a place, only below the watermark. */
export async function readFeed(
  db: Queryable,
  feed: Feed,
  after: LogPosition,
  limit: number,
): Promise<ReadEvent[]> {
  const whose = feedCondition(feed);
  const rows = await db.execute<EventRow>(sql`
    SELECT ${eventColumns} FROM events
    WHERE ${whose} AND (xid, position) > (${after.xid}::xid8, ${after.position}::bigint)
      AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY events.xid, events.position LIMIT ${limit}`);
  return rows.map(toRead);
}

/** The feeds of which there are thousands, by whose they are. */
export type OwnFeed = 'customer' | 'driver';

const ownerColumn = { customer: sql`customer_id`, driver: sql`driver_id` } as const;

export type SincePlace = {
  /** Below the watermark there is something after the place. */
  news: boolean;
  /** Retention took something after the place: see `readForgotten`. */
  forgotten: boolean;
};

/** What there is after a place in each of these feeds, in their order; one state of the database for all. */
export async function readSince(
  db: Queryable,
  feed: OwnFeed,
  asked: readonly { owner: string; after: LogPosition }[],
): Promise<SincePlace[]> {
  const column = ownerColumn[feed];
  return db.execute<SincePlace>(sql`
    SELECT EXISTS (
        SELECT FROM events e
        WHERE e.${column} = a.owner AND (e.xid, e.position) > (a.xid, a.position)
          AND e.xid < pg_snapshot_xmin(pg_current_snapshot())) AS news,
      (i.forgotten_xid, i.forgotten_position) > (a.xid, a.position) AS forgotten
    FROM installation i, unnest(
        ${arrayLiteral(asked.map(({ owner }) => owner))}::text::uuid[],
        ${arrayLiteral(asked.map(({ after }) => after.xid))}::text::xid8[],
        ${arrayLiteral(asked.map(({ after }) => after.position))}::text::bigint[])
      WITH ORDINALITY AS a (owner, xid, position, n)
    ORDER BY a.n`);
}

/** The last events of a feed before a place, latest first. */
export async function readFeedBefore(
  db: Queryable,
  feed: Feed,
  before: LogPosition,
  limit: number,
): Promise<LogEvent[]> {
  const rows = await db.execute<EventRow>(sql`
    SELECT ${eventColumns} FROM events
    WHERE ${feedCondition(feed)}
      AND (xid, position) < (${before.xid}::xid8, ${before.position}::bigint)
    ORDER BY events.xid DESC, events.position DESC LIMIT ${limit}`);
  return rows.map((row) => toRead(row).event);
}

/** Everything committed until now stands below this xid; the watermark gets there. */
export async function readHorizon(db: Queryable): Promise<string> {
  const [row] = await db.execute<{ xmax: string }>(
    sql`SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS xmax`,
  );
  return row?.xmax ?? '0';
}

export type Watermark = { epoch: string; xmin: string };

/** The epoch and the watermark of this very snapshot; call first in a repeatable-read transaction. */
export async function readWatermark(db: Queryable): Promise<Watermark> {
  const [row] = await db.execute<Watermark>(sql`
    SELECT epoch, pg_snapshot_xmin(pg_current_snapshot())::text AS xmin FROM installation`);
  if (!row) throw new Error('the database has no installation row: run the migrations');
  return row;
}

/** The furthest line that retention took from the log: whoever stands before it may have missed something. */
export async function readForgotten(db: Queryable): Promise<LogPosition> {
  const [row] = await db.execute<LogPosition>(sql`
    SELECT forgotten_xid::text AS xid, forgotten_position::text AS position FROM installation`);
  return row ?? { xid: '0', position: '0' };
}

/** Seconds by which the oldest open write transaction holds the watermark back. */
export async function watermarkAgeSeconds(db: Queryable): Promise<number> {
  const [row] = await db.execute<{ age: number }>(sql`
    SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)::float8 AS age
    FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()`);
  return row?.age ?? 0;
}

export async function nameActor(tx: Transaction, actor: string, via?: 'api'): Promise<void> {
  await tx.execute(
    sql`SELECT set_config('app.actor', ${actor}, true), set_config('app.via', ${via ?? ''}, true)`,
  );
}

/** Says that this tail sleeps until `until` and wants to be notified; null takes it back. */
export async function setSleeping(
  db: Queryable,
  tailId: string,
  until: Date | null,
): Promise<void> {
  await (until
    ? db.execute(sql`
        INSERT INTO sleeping_tails (id, until) VALUES (${tailId}, ${until.toISOString()}::timestamptz)
        ON CONFLICT (id) DO UPDATE SET until = excluded.until`)
    : db.execute(sql`DELETE FROM sleeping_tails WHERE id = ${tailId}`));
}
