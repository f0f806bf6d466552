import { type SQL, sql } from 'drizzle-orm';
import { COUNTS, type Count, MEASURES, type Measure } from '@/domain/analytics/figures';
import { DIGITS, LAST_BUCKET, LOG_GROWTH } from '@/domain/analytics/sketch';

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const columnOf = (name: Count | Measure): SQL => sql.raw(snake(name));

export const COUNT_COLUMNS = COUNTS.map((count) => ({ count, column: columnOf(count) }));
export const MEASURE_COLUMNS = MEASURES.map((measure) => ({ measure, column: columnOf(measure) }));

const comma = sql.raw(', ');
export const list = (parts: SQL[]): SQL => sql.join(parts, comma);

/**
 * The sketch of one duration; null of none. Orders for a slot come when they were asked to: they say nothing
 * of how long things take.
 */
const sketchOf = (took: string): SQL =>
  sql.raw(`CASE WHEN o.slot_from IS NULL AND ${took} IS NOT NULL THEN
    ('1e' || ${DIGITS} * least(${LAST_BUCKET}, floor(ln(greatest(1,
      extract(epoch FROM ${took})::float8)) / ${LOG_GROWTH}))::integer)::numeric END`);

/** Which sketches are asked for, by kind; the others stay empty. */
const KINDS_SKETCHED: Record<Measure, string> = {
  delivery: "'hour', 'restaurant', 'driver'",
  kitchen: "'hour', 'restaurant'",
  ride: "'hour', 'driver'",
  acceptance: "'hour'",
  pickupWait: "'hour'",
  door: "'hour'",
};

/** Kind, day and the like: what figures are of. */
const KEY = sql.raw('zone_id, kind, day, subject, currency');

/**
 * What became of each order placed in the spans, and what each part of its way took. OFFSET and LIMIT keep
 * to the indexes: the planner knows nothing of how short a span is.
 */
const orderFacts = sql`
  fact AS MATERIALIZED (
    SELECT s.zone_id, s.day, o.currency, o.id AS order_id,
      to_char(o.placed_at AT TIME ZONE s.time_zone, 'HH24') AS hour,
      o.restaurant_id::text AS restaurant, coalesce(d.driver_id::text, '') AS driver,
      o.status, o.reason, d.delivered_at IS NOT NULL AS delivered,
      d.delivered_at <= o.promised_to AS kept,
      -- Never below nothing: what is given back may hold the tip.
      greatest(0, CASE o.status WHEN 'completed' THEN o.total - o.tip
        WHEN 'cancelled' THEN o.cancel_fee ELSE 0 END - coalesce(p.refunded, 0)) AS revenue,
      o.food_rating, o.delivery_rating,
      ${sketchOf('d.delivered_at - o.placed_at')} AS delivery,
      ${sketchOf('o.accepted_at - o.placed_at')} AS acceptance,
      ${sketchOf('o.ready_at - o.accepted_at')} AS kitchen,
      ${sketchOf('d.picked_up_at - d.at_pickup_at')} AS pickup_wait,
      ${sketchOf('d.at_dropoff_at - d.picked_up_at')} AS ride,
      ${sketchOf('d.delivered_at - d.at_dropoff_at')} AS door
    FROM span s
    JOIN restaurants r ON r.zone_id = s.zone_id
    CROSS JOIN LATERAL (SELECT * FROM orders WHERE restaurant_id = r.id
      AND placed_at >= s.starts_at AND placed_at < s.ends_at OFFSET 0) o
    LEFT JOIN LATERAL (SELECT * FROM deliveries WHERE order_id = o.id LIMIT 1) d ON true
    LEFT JOIN LATERAL (SELECT refunded FROM payments WHERE order_id = o.id AND purpose = 'order'
      AND status NOT IN ('failed', 'released') LIMIT 1) p ON true
  ),
  placed AS (
    SELECT f.*, k.kind, k.subject FROM fact f CROSS JOIN LATERAL (VALUES
      ('hour', f.hour), ('restaurant', f.restaurant), ('driver', f.driver)) k (kind, subject)
  ),
  counted AS (
    SELECT ${KEY}, count(*) AS orders,
      count(*) FILTER (WHERE status = 'completed') AS completed,
      count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
      count(*) FILTER (WHERE status = 'rejected') AS rejected,
      count(*) FILTER (WHERE status = 'expired') AS expired,
      count(*) FILTER (WHERE delivered) AS delivered,
      count(*) FILTER (WHERE kept) AS kept,
      sum(revenue) AS revenue,
      count(food_rating) AS food_ratings, coalesce(sum(food_rating), 0) AS food_stars,
      count(delivery_rating) AS delivery_ratings,
      coalesce(sum(delivery_rating), 0) AS delivery_stars,
      ${list(
        MEASURE_COLUMNS.map(
          ({ measure, column }) => sql`sum(${column})
            FILTER (WHERE kind IN (${sql.raw(KINDS_SKETCHED[measure])})) AS ${column}`,
        ),
      )}
    FROM placed GROUP BY ${KEY}
  )`;

/** Offers count with the order that they are about; for drivers, with whoever was asked. */
const offersAsked = sql`
  asked AS MATERIALIZED (
    SELECT f.zone_id, f.day, f.currency, f.hour, f.restaurant, x.driver_id::text AS driver,
      x.status, x.reason
    FROM fact f CROSS JOIN LATERAL (
      SELECT driver_id, status, reason FROM offers WHERE order_id = f.order_id OFFSET 0) x
    WHERE x.status IN ('accepted', 'declined', 'expired')
  ),
  answered AS (
    SELECT a.zone_id, k.kind, a.day, k.subject, a.currency,
      count(*) FILTER (WHERE status = 'accepted') AS offers_accepted,
      count(*) FILTER (WHERE status = 'declined') AS offers_declined,
      count(*) FILTER (WHERE status = 'expired') AS offers_expired
    FROM asked a CROSS JOIN LATERAL (VALUES
      ('hour', a.hour), ('restaurant', a.restaurant), ('driver', a.driver)) k (kind, subject)
    GROUP BY 1, 2, 3, 4, 5
  ),
  reasoned AS (
    SELECT zone_id, 'hour' AS kind, day, hour AS subject, currency,
      jsonb_object_agg(why, n) AS reasons
    FROM (
      SELECT zone_id, day, hour, currency, why, count(*) AS n FROM (
        SELECT zone_id, day, hour, currency,
          'order.' || status || '.' || coalesce(reason, 'other') AS why
        FROM fact WHERE status IN ('cancelled', 'rejected', 'expired')
        UNION ALL
        SELECT zone_id, day, hour, currency,
          'offer.' || status || '.' || coalesce(reason, 'other')
        FROM asked WHERE status <> 'accepted'
      ) each_one GROUP BY 1, 2, 3, 4, 5
    ) by_reason GROUP BY 1, 3, 4, 5
  )`;

/** Hour by hour, each driver's time on duty, and that of it with something to carry. */
const dutyTimes = sql`
  duty AS MATERIALIZED (
    SELECT s.zone_id, s.day, s.currency, s.time_zone, s.starts_at, s.ends_at, s.as_of, t.driver_id,
      range_agg(tstzrange(t.starts_at, coalesce(t.ends_at, greatest(t.starts_at, s.as_of)))
        * tstzrange(s.starts_at, s.ends_at)) AS on_duty
    FROM span s JOIN driver_duty t ON t.zone_id = s.zone_id
      AND tstzrange(t.starts_at, t.ends_at) && tstzrange(s.starts_at, s.ends_at)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ),
  carrying AS (
    SELECT u.*, coalesce((
      SELECT range_agg(tstzrange(c.assigned_at, greatest(c.assigned_at, c.until))) FROM (
        SELECT d.assigned_at, d.delivered_at AS until FROM deliveries d
        WHERE d.driver_id = u.driver_id AND d.status = 'delivered' AND d.delivered_at > u.starts_at
          AND d.delivered_at < u.ends_at + interval '6 hours' AND d.assigned_at < u.ends_at
        UNION ALL
        SELECT d.assigned_at, u.as_of FROM deliveries d
        WHERE d.driver_id = u.driver_id AND d.assigned_at < u.ends_at AND d.status
          IN ('assigned', 'at_pickup', 'picked_up', 'at_dropoff', 'failed', 'returning')
      ) c), '{}') * u.on_duty AS busy
    FROM duty u
  ),
  worked AS (
    SELECT w.zone_id, k.kind, w.day, k.subject, w.currency,
      round(coalesce(sum(seconds) FILTER (WHERE NOT carried), 0)) AS duty_seconds,
      round(coalesce(sum(seconds) FILTER (WHERE carried), 0)) AS busy_seconds
    FROM (
      SELECT c.zone_id, c.day, c.currency, c.driver_id, t.carried,
        to_char(h.at AT TIME ZONE c.time_zone, 'HH24') AS hour,
        extract(epoch FROM least(upper(t.span), h.at + interval '1 hour')
          - greatest(lower(t.span), h.at))::float8 AS seconds
      FROM carrying c
      CROSS JOIN LATERAL (
        SELECT false AS carried, unnest(c.on_duty) AS span UNION ALL SELECT true, unnest(c.busy)
      ) t
      CROSS JOIN LATERAL generate_series(
        c.starts_at + floor(extract(epoch FROM lower(t.span) - c.starts_at) / 3600)
          * interval '1 hour',
        upper(t.span) - interval '1 microsecond', interval '1 hour') h (at)
    ) w CROSS JOIN LATERAL (VALUES ('hour', w.hour), ('driver', w.driver_id::text)) k (kind, subject)
    GROUP BY 1, 2, 3, 4, 5
  )`;

/**
 * The figures of spans of days, straight from the rows that they are about: `span` is a query for
 * (zone_id, day, time_zone, currency, starts_at, ends_at, as_of), each within its day, from a full hour on.
 * The answer is a WITH list that ends with `fresh`, whose columns are those of `analytics_figures`
 * but the version.
 */
export const figuresOfSpans = (span: SQL): SQL => sql`
  span AS MATERIALIZED (${span}), ${orderFacts}, ${offersAsked}, ${dutyTimes},
  keys AS (
    SELECT ${KEY} FROM counted UNION SELECT ${KEY} FROM answered UNION SELECT ${KEY} FROM worked
  ),
  fresh AS (
    SELECT ${KEY}, coalesce(revenue, 0) AS revenue,
      ${list(COUNT_COLUMNS.map(({ column }) => sql`coalesce(${column}, 0)::integer AS ${column}`))},
      ${list(MEASURE_COLUMNS.map(({ column }) => sql`coalesce(${column}, 0) AS ${column}`))},
      coalesce(reasons, '{}') AS reasons
    FROM keys
    LEFT JOIN counted USING (${KEY})
    LEFT JOIN answered USING (${KEY}) LEFT JOIN reasoned USING (${KEY})
    LEFT JOIN worked USING (${KEY})
  )`;
