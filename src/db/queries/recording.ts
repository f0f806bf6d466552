import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import type { DriverImage } from '@/domain/driver';
import type { GeoPoint } from '@/domain/geo';
import type { Recording } from '@/domain/replay/story';
import { anyOf } from './array-literal';

export type RecordedZone = {
  id: string;
  slug: string;
  name: string;
  document: unknown;
  orders: number;
};

/** The zones in which searches for a driver began in a stretch, busiest first. Reads the log. */
export async function zonesWithSearches(
  db: Queryable,
  from: Date,
  to: Date,
): Promise<RecordedZone[]> {
  const rows = await db.execute<RecordedZone>(sql`
    SELECT z.id, z.slug, z.name, z.dispatch_policy AS document, count(*)::int AS orders
    FROM events e JOIN deliveries d ON d.order_id = e.stream_id JOIN zones z ON z.id = d.zone_id
    WHERE e.type = 'delivery.created' AND e.at >= ${from.toISOString()}::timestamptz
      AND e.at < ${to.toISOString()}::timestamptz
    GROUP BY z.id ORDER BY count(*) DESC, z.slug`);
  return [...rows];
}

type EventRow = Omit<Recording['events'][number], 'at'> & { at: Date | string };

/** Orders are followed to their ends for so long after the stretch, hours. */
const FOLLOWED_HOURS = 3;
/** Places from before the stretch say where drivers were when it began, minutes. */
const BEFORE_MINUTES = 60;
/** Of a driver's way, one point in so many seconds is enough. */
const EVERY_S = 20;

/** Everything that the log and the history hold of a zone in a stretch. */
export async function readRecording(
  db: Queryable,
  zoneId: string,
  from: Date,
  to: Date,
): Promise<Recording> {
  const [starts, ends] = [
    sql`${from.toISOString()}::timestamptz`,
    sql`${to.toISOString()}::timestamptz`,
  ];
  const until = sql`${ends} + make_interval(hours => ${FOLLOWED_HOURS}::int)`;
  const events = await db.execute<EventRow>(sql`
    SELECT e.stream, e.stream_id AS "streamId", e.type, e.data, e.at FROM events e
    WHERE e.stream = 'order' AND e.at < ${until} AND e.type ~ '^(order|delivery|offer)[.]'
      AND e.stream_id IN (SELECT c.stream_id FROM events c
        JOIN deliveries d ON d.order_id = c.stream_id AND d.zone_id = ${zoneId}
        WHERE c.type = 'delivery.created' AND c.at >= ${starts} AND c.at < ${ends})
    UNION ALL
    SELECT e.stream, e.stream_id, e.type, e.data, e.at FROM events e
    JOIN drivers d ON d.user_id = e.stream_id AND d.zone_id = ${zoneId}
    WHERE e.stream = 'driver' AND e.at >= ${starts} AND e.at < ${until}
    ORDER BY at`);
  const before = await db.execute<{ driver: DriverImage }>(sql`
    SELECT DISTINCT ON (e.stream_id) e.data -> 'driver' AS driver FROM events e
    JOIN drivers d ON d.user_id = e.stream_id AND d.zone_id = ${zoneId}
    WHERE e.stream = 'driver' AND e.at < ${starts}
    ORDER BY e.stream_id, e.version DESC`);
  const driverIds = new Set([
    ...before.map(({ driver }) => driver.id),
    ...events.filter(({ stream }) => stream === 'driver').map(({ streamId }) => streamId),
  ]);
  return {
    ...{ from: from.getTime() / 1_000, to: to.getTime() / 1_000 },
    events: events.map((row) => ({ ...row, at: new Date(row.at).toISOString() })),
    driversBefore: before.map(({ driver }) => driver),
    positions: await positionsOf(db, [...driverIds], from, to),
  };
}

/** Points of the history; for who has none, the latest place that is known. */
async function positionsOf(
  db: Queryable,
  driverIds: readonly string[],
  from: Date,
  to: Date,
): Promise<Recording['positions']> {
  const known = anyOf(driverIds);
  const earliest = new Date(from.getTime() - BEFORE_MINUTES * 60_000).toISOString();
  const rows = await db.execute<{ driverId: string; at: GeoPoint; seconds: number }>(sql`
    WITH way AS (
      SELECT DISTINCT ON (driver_id, moment) driver_id, location, recorded_at
      FROM breadcrumbs, LATERAL (SELECT floor(extract(epoch FROM recorded_at) / ${EVERY_S}::int)) m (moment)
      WHERE driver_id = ${known} AND recorded_at >= ${earliest}::timestamptz
        AND recorded_at < ${to.toISOString()}::timestamptz
      ORDER BY driver_id, moment, recorded_at
    ), last AS (
      SELECT driver_id, location, recorded_at FROM driver_positions p
      WHERE driver_id = ${known} AND NOT EXISTS (SELECT FROM way w WHERE w.driver_id = p.driver_id)
    )
    SELECT driver_id AS "driverId", point_image(location) AS at,
      extract(epoch FROM recorded_at)::float8 AS seconds
    FROM (SELECT * FROM way UNION ALL SELECT * FROM last) places ORDER BY recorded_at`);
  return [...rows];
}
