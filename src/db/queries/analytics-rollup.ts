import { sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { figuresOfSpans } from './analytics-figures';
import { arrayLiteral } from './array-literal';

/** A driver event, as far as duty goes. */
export type DutyChange = { driverId: string; onDuty: boolean; at: string };

const iso = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/** Marks days as changed, in one order, so that two who do it never wait for each other in a ring. */
const markDays = (days: ReturnType<typeof sql>) => sql`
  INSERT INTO analytics_days (zone_id, day)
  SELECT DISTINCT zone_id, day FROM (${days}) days ORDER BY 1, 2
  ON CONFLICT (zone_id, day) DO UPDATE SET marked = analytics_days.marked + 1`;

/** The days on which these orders were placed have changed. */
export async function markOrders(tx: Transaction, orderIds: readonly string[]): Promise<void> {
  await tx.execute(
    markDays(sql`
      SELECT z.id AS zone_id, (o.placed_at AT TIME ZONE z.time_zone)::date AS day
      FROM unnest(${arrayLiteral(orderIds)}::text::uuid[]) AS touched (id)
      JOIN orders o ON o.id = touched.id
      JOIN restaurants r ON r.id = o.restaurant_id JOIN zones z ON z.id = r.zone_id`),
  );
}

/** As `markOrders`, for an order that is no more: the log knows when and where it was placed. */
export async function markDeleted(
  tx: Transaction,
  { restaurantId, placedAt }: { restaurantId: string; placedAt: string },
): Promise<void> {
  await tx.execute(
    markDays(sql`
      SELECT z.id AS zone_id, (${placedAt}::timestamptz AT TIME ZONE z.time_zone)::date AS day
      FROM restaurants r JOIN zones z ON z.id = r.zone_id WHERE r.id = ${restaurantId}`),
  );
}

/** Begins or ends a driver's time on duty; what is so already, or was read before, changes nothing. */
export async function noteDuty(tx: Transaction, change: DutyChange): Promise<void> {
  const { driverId, onDuty, at } = change;
  if (onDuty) {
    await tx.execute(sql`
      INSERT INTO driver_duty (driver_id, zone_id, starts_at)
      SELECT user_id, zone_id, ${at}::timestamptz FROM drivers WHERE user_id = ${driverId}
      ON CONFLICT DO NOTHING`);
    return;
  }
  const ended = await tx.execute<{ zoneId: string; startsAt: string }>(sql`
    UPDATE driver_duty SET ends_at = ${at}::timestamptz
    WHERE driver_id = ${driverId} AND ends_at IS NULL AND starts_at <= ${at}::timestamptz
    RETURNING zone_id AS "zoneId", starts_at::text AS "startsAt"`);
  for (const { zoneId, startsAt } of ended) {
    await tx.execute(
      markDays(sql`
        SELECT z.id AS zone_id, day::date AS day FROM zones z, generate_series(
          (${startsAt}::timestamptz AT TIME ZONE z.time_zone)::date,
          (${at}::timestamptz AT TIME ZONE z.time_zone)::date, interval '1 day') day
        WHERE z.id = ${zoneId}`),
    );
  }
}

/** Time on duty passes without events: today, and the rest of yesterday, are computed again for it. */
export async function markPassingTime(db: Queryable, now: Date, everySeconds: number) {
  await db.execute(sql`
    INSERT INTO analytics_days (zone_id, day)
    SELECT z.id, (${iso(now)} AT TIME ZONE z.time_zone)::date FROM zones z
    WHERE EXISTS (SELECT FROM driver_duty t WHERE t.zone_id = z.id AND t.ends_at IS NULL)
    ORDER BY 1 ON CONFLICT DO NOTHING`);
  await db.execute(sql`
    UPDATE analytics_days a SET marked = a.marked + 1 FROM zones z
    WHERE z.id = a.zone_id AND a.computed = a.marked
      AND a.day >= (${iso(now)} AT TIME ZONE z.time_zone)::date - 1
      AND a.computed_at < ${iso(now)} - make_interval(secs => ${everySeconds})
      AND a.computed_at < (a.day + 1)::timestamp AT TIME ZONE z.time_zone
      AND EXISTS (SELECT FROM driver_duty t WHERE t.zone_id = z.id AND t.ends_at IS NULL)`);
}

/** `again`: it was counted before. */
export type DueDay = { zoneId: string; day: string; marked: number; again: boolean };

/** Days that have changed since they were computed, the longest ago first; of those that never were, the latest. */
export async function dueDays(db: Queryable, limit: number): Promise<DueDay[]> {
  const rows = await db.execute<DueDay>(sql`
    SELECT zone_id AS "zoneId", day::text AS day, marked, computed > 0 AS again FROM analytics_days
    WHERE computed < marked
    ORDER BY computed_at NULLS FIRST, analytics_days.day DESC LIMIT ${limit}`);
  return [...rows];
}

/**
 * Counts a day as its rows are now, and puts that in the place of what was counted before; false, and nothing
 * is to be kept, when somebody has already counted a later state of the day. Nothing is written before all
 * is counted: readers of the log, who wait for whoever writes, wait for the writing alone.
 */
export async function countDay(
  tx: Transaction,
  { zoneId, day, marked }: DueDay,
  now: Date,
): Promise<boolean> {
  const span = sql`
    SELECT id AS zone_id, ${day}::date AS day, time_zone, currency,
      ${day}::date::timestamp AT TIME ZONE time_zone AS starts_at,
      (${day}::date + 1)::timestamp AT TIME ZONE time_zone AS ends_at,
      ${iso(now)} AS as_of
    FROM zones WHERE id = ${zoneId}`;
  await tx.execute(sql`
    WITH ${figuresOfSpans(span)}
    INSERT INTO analytics_figures SELECT fresh.*, ${marked}::integer FROM fresh
    ON CONFLICT DO NOTHING`);
  const latest = await tx.execute(sql`
    UPDATE analytics_days SET computed = ${marked}, computed_at = ${iso(now)}
    WHERE zone_id = ${zoneId} AND day = ${day}::date AND computed <= ${marked} RETURNING 1`);
  const others = latest.length > 0 ? sql`version <> ${marked}` : sql`version = ${marked}`;
  await tx.execute(sql`
    DELETE FROM analytics_figures WHERE zone_id = ${zoneId} AND day = ${day}::date
      AND kind IN ('hour', 'restaurant', 'driver') AND ${others}`);
  return latest.length > 0;
}
