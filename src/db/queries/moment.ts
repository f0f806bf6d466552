import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { BOARD_KEEPS_MINUTES } from '@/domain/board-view';
import type { LogEvent } from '@/domain/events';
import type { DriverBefore } from '@/domain/moment';
import type { Crumb } from '@/domain/order-story';
import { type EventRow, eventColumns, type LogPosition, toRead } from './events';

/** Slots can be chosen for today and tomorrow: what was placed earlier is over, hours. */
const PLACED_WITHIN_H = 60;
const MOST_ORDERS = 2_000;

/**
 * Of every order that stood on the board at a place of the log, at that time: the latest event with the
 * order, with the delivery, and of each offer. From the log alone. Uses `events_type`, `events_stream`.
 */
export async function boardEventsAt(
  db: Queryable,
  { xid, position }: LogPosition,
  at: Date,
): Promise<LogEvent[]> {
  const place = sql`(${xid}::xid8, ${position}::bigint)`;
  const moment = sql`${at.toISOString()}::timestamptz`;
  const rows = await db.execute<EventRow>(sql`
    WITH ends AS (
      SELECT DISTINCT ON (stream_id) stream_id, type, at FROM events
      WHERE type IN ('order.placed', 'order.restored', 'order.completed', 'order.rejected',
          'order.cancelled', 'order.expired', 'order.deleted')
        AND (xid, position) <= ${place}
        AND at > ${moment} - make_interval(hours => ${PLACED_WITHIN_H}::int)
      ORDER BY stream_id, version DESC
    ), standing AS (
      SELECT stream_id AS order_id FROM ends
      WHERE type IN ('order.placed', 'order.restored') OR (type <> 'order.deleted'
        AND at > ${moment} - make_interval(mins => ${BOARD_KEEPS_MINUTES + 1}::int))
      ORDER BY at DESC LIMIT ${MOST_ORDERS}
    )
    SELECT ${eventColumns} FROM standing CROSS JOIN LATERAL (
      (SELECT * FROM events e WHERE e.stream_id = standing.order_id AND (e.xid, e.position) <= ${place}
        AND e.data ? 'order' ORDER BY e.version DESC LIMIT 1)
      UNION
      (SELECT * FROM events e WHERE e.stream_id = standing.order_id AND (e.xid, e.position) <= ${place}
        AND e.data ? 'delivery' ORDER BY e.version DESC LIMIT 1)
      UNION
      (SELECT DISTINCT ON (e.data -> 'offer' ->> 'id') * FROM events e
        WHERE e.stream_id = standing.order_id AND (e.xid, e.position) <= ${place}
          AND e.data ? 'offer' ORDER BY e.data -> 'offer' ->> 'id', e.version DESC)
    ) events
    ORDER BY events.xid, events.position`);
  return rows.map((row) => toRead(row).event);
}

/** A driver's shift is not followed further back, hours. */
const SHIFT_H = 24;
const MOST_EVENTS = 2_000;

/** A driver's feed up to a place of the log, oldest first. Uses `events_driver`. */
export async function driverEventsAt(
  db: Queryable,
  driverId: string,
  { xid, position }: LogPosition,
  at: Date,
): Promise<LogEvent[]> {
  const rows = await db.execute<EventRow>(sql`
    SELECT ${eventColumns} FROM events
    WHERE driver_id = ${driverId} AND (xid, position) <= (${xid}::xid8, ${position}::bigint)
      AND at > ${at.toISOString()}::timestamptz - make_interval(hours => ${SHIFT_H}::int)
    ORDER BY events.xid DESC, events.position DESC LIMIT ${MOST_EVENTS}`);
  return rows.map((row) => toRead(row).event).reverse();
}

/** A driver as the log had them at a place; what is told of them up to there is in it. */
export async function driverAt(
  db: Queryable,
  driverId: string,
  { xid, position }: LogPosition,
): Promise<DriverBefore | null> {
  const [row] = await db.execute<DriverBefore>(sql`
    SELECT e.data -> 'driver' AS driver, e.version, z.currency,
      z.time_zone AS "timeZone"
    FROM events e JOIN drivers d ON d.user_id = e.stream_id JOIN zones z ON z.id = d.zone_id
    WHERE e.stream_id = ${driverId} AND (e.xid, e.position) <= (${xid}::xid8, ${position}::bigint)
    ORDER BY e.version DESC LIMIT 1`);
  return row ?? null;
}

/** Points of one driver's way in a stretch of time, oldest first, so many of the latest at the most. */
export async function crumbsOf(
  db: Queryable,
  driver: { id: string; name: string },
  from: Date,
  to: Date,
  limit: number,
): Promise<Crumb[]> {
  const rows = await db.execute<{ at: Crumb['at']; recordedAt: string }>(sql`
    SELECT point_image(location) AS at, to_jsonb(recorded_at) #>> '{}' AS "recordedAt"
    FROM breadcrumbs WHERE driver_id = ${driver.id}
      AND recorded_at >= ${from.toISOString()}::timestamptz
      AND recorded_at <= ${to.toISOString()}::timestamptz
    ORDER BY recorded_at DESC LIMIT ${limit}`);
  return rows
    .map(({ at, recordedAt }) => ({
      ...{ driverId: driver.id, driverName: driver.name },
      ...{ at, recordedAt: new Date(recordedAt).toISOString() },
    }))
    .reverse();
}
