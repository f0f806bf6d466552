import { sql } from 'drizzle-orm';
import type { Transaction } from '@/db/client';
import { arrayLiteral } from '@/db/queries/array-literal';

export type ManyOrders = {
  zoneId: string;
  restaurantIds: readonly string[];
  driverIds: readonly string[];
  customerId: string;
  /** YYYY-MM-DD, on the zone's wall clock. */
  firstDay: string;
  days: number;
  orders: number;
};

const ids = (list: readonly string[]) => sql`${arrayLiteral(list)}::text::uuid[]`;
const minutes = (least: number, most: number) => {
  const spread = sql.raw(`${least} + ${most - least} * power(random(), 2)`);
  return sql`make_interval(secs => 60 * (${spread}))`;
};

/**
 * Fills a zone with days of closed orders, as they could have come about: with deliveries, offers, payments
 * and drivers' time on duty. Written past the triggers: nobody watches, and the log knows nothing of it.
 */
export async function fillWithOrders(tx: Transaction, options: ManyOrders): Promise<void> {
  await tx.execute(sql`SET LOCAL session_replication_role = replica`);
  await insertOrders(tx, options);
  await insertDeliveries(tx, options);
  await insertOffers(tx, options);
  await insertPayments(tx, options);
  await insertDuty(tx, options);
  await tx.execute(sql`SET LOCAL session_replication_role = origin`);
  await tx.execute(sql`
    INSERT INTO analytics_days (zone_id, day)
    SELECT ${options.zoneId}, ${options.firstDay}::date + n
    FROM generate_series(0, ${options.days}::int - 1) n
    ON CONFLICT (zone_id, day) DO UPDATE SET marked = analytics_days.marked + 1`);
}

/** Most come in the evening; nine of ten are completed, some are for a slot or fetched. */
async function insertOrders(tx: Transaction, options: ManyOrders): Promise<void> {
  const { zoneId, restaurantIds, customerId, firstDay, days, orders } = options;
  await tx.execute(sql`
    INSERT INTO orders (status, reason, customer_id, customer_name, restaurant_id, restaurant_name,
      restaurant_slug, pickup, pickup_address, dropoff, dropoff_address, item_count, currency,
      subtotal, delivery_fee, tip, total, prep_minutes, trip_distance_m, time_zone, placed_at,
      accepted_at, preparing_at, ready_at, closed_at, promised_from, promised_to, fulfilment,
      slot_from, slot_to, cancel_fee, food_rating, delivery_rating, rated_at)
    SELECT status, CASE status WHEN 'rejected' THEN (ARRAY['too_busy', 'closing'])[1 + n % 2]
        WHEN 'cancelled' THEN (ARRAY['changed_mind', 'too_slow', 'no_driver'])[1 + n % 3] END,
      ${customerId}, 'Cora', restaurant_id, 'A kitchen', 'a-kitchen', r.location, '1 Main Street',
      r.location, '2 Side Street', 2, r.currency, subtotal, 250, tip, subtotal + 250 + tip, 15,
      1800, r.time_zone, placed_at, accepted_at, accepted_at, ready_at,
      coalesce(ready_at, accepted_at, placed_at) + interval '20 minutes',
      placed_at + interval '25 minutes', placed_at + interval '40 minutes',
      CASE WHEN collected THEN 'pickup' ELSE 'delivery' END,
      CASE WHEN slotted THEN placed_at + interval '3 hours' END,
      CASE WHEN slotted THEN placed_at + interval '195 minutes' END,
      CASE WHEN status = 'cancelled' AND n % 4 = 0 THEN 300 ELSE 0 END,
      CASE WHEN status = 'completed' AND n % 5 = 0 THEN 3 + n % 3 END,
      CASE WHEN status = 'completed' AND n % 5 = 0 AND NOT collected THEN 2 + n % 4 END,
      CASE WHEN status = 'completed' AND n % 5 = 0 THEN placed_at + interval '2 hours' END
    FROM (
      SELECT *, CASE WHEN status IN ('completed', 'cancelled')
          THEN placed_at + ${minutes(0.2, 6)} END AS accepted_at,
        (${ids(restaurantIds)})[1 + floor(random() * ${restaurantIds.length}::int)::int] AS chosen,
        900 + floor(random() * 3000)::int AS subtotal, floor(random() * 4)::int * 100 AS tip
      FROM (
        SELECT n, (${firstDay}::date + floor(random() * ${days}::int)::int)::timestamp
            AT TIME ZONE z.time_zone
            + make_interval(secs => 36000 + 50000 * (random() + random() + random()) / 3) AS placed_at,
          CASE WHEN n % 40 < 36 THEN 'completed' WHEN n % 40 < 38 THEN 'cancelled'
            WHEN n % 40 = 38 THEN 'rejected' ELSE 'expired' END AS status,
          n % 19 = 0 AS collected, n % 23 = 0 AS slotted
        FROM generate_series(1, ${orders}::int) n, zones z WHERE z.id = ${zoneId}
      ) begun
    ) accepted
    JOIN restaurants r ON r.id = chosen
    CROSS JOIN LATERAL (SELECT r.id AS restaurant_id,
      CASE WHEN status = 'completed' THEN accepted_at + ${minutes(4, 30)} END AS ready_at) cooked`);
}

const ofThese = ({ restaurantIds, firstDay, days }: ManyOrders) => sql`
  o.restaurant_id = ANY(${ids(restaurantIds)})
  AND o.placed_at >= ${firstDay}::date - 1 AND o.placed_at < ${firstDay}::date + ${days}::int + 1`;

async function insertDeliveries(tx: Transaction, options: ManyOrders): Promise<void> {
  const { zoneId, driverIds } = options;
  await tx.execute(sql`
    INSERT INTO deliveries (order_id, zone_id, status, driver_id, driver_name, driver_vehicle, pickup,
      pay, attempt, next_attempt_at, assigned_at, at_pickup_at, picked_up_at, at_dropoff_at,
      delivered_at)
    SELECT id, ${zoneId}, CASE WHEN completed THEN 'delivered' ELSE 'cancelled' END,
      CASE WHEN completed THEN driver END, CASE WHEN completed THEN 'Dee' END,
      CASE WHEN completed THEN 'bike' END, pickup, 450, 1, NULL,
      CASE WHEN completed THEN accepted_at + interval '1 minute' END,
      CASE WHEN completed THEN picked_up_at - ${minutes(0.5, 6)} END,
      CASE WHEN completed THEN picked_up_at END,
      CASE WHEN completed THEN at_dropoff_at END,
      CASE WHEN completed THEN at_dropoff_at + ${minutes(0.5, 4)} END
    FROM (
      SELECT *, picked_up_at + ${minutes(3, 18)} AS at_dropoff_at FROM (
        SELECT o.id, o.pickup, o.accepted_at, o.status = 'completed' AS completed,
          o.ready_at + ${minutes(0.1, 4)} AS picked_up_at,
          (${ids(driverIds)})[1 + floor(random() * ${driverIds.length}::int)::int] AS driver
        FROM orders o WHERE ${ofThese(options)} AND o.fulfilment = 'delivery'
          AND o.status IN ('completed', 'cancelled')
      ) begun
    ) ridden`);
}

/** The driver's yes; before it, of some, a no or a silence of somebody else. */
async function insertOffers(tx: Transaction, options: ManyOrders): Promise<void> {
  const { driverIds } = options;
  await tx.execute(sql`
    INSERT INTO offers (delivery_id, order_id, driver_id, driver_name, status, attempt, round,
      pickup_distance_m, created_at, expires_at, decided_at, reason)
    SELECT d.id, d.order_id, CASE WHEN a.status = 'accepted' THEN d.driver_id
        ELSE (${ids(driverIds)})[1 + floor(random() * ${driverIds.length}::int)::int] END,
      'Dee', a.status, 1, 1, 400, d.assigned_at, d.assigned_at, d.assigned_at,
      CASE WHEN a.status = 'declined'
        THEN (ARRAY['too_far', 'on_break', 'too_far', NULL])[1 + floor(random() * 4)::int] END
    FROM orders o JOIN deliveries d ON d.order_id = o.id
    CROSS JOIN LATERAL (SELECT random() + o.number * 0 AS u) luck
    CROSS JOIN LATERAL (VALUES ('accepted', true), ('declined', u < 0.3), ('expired', u > 0.85),
      ('withdrawn', u BETWEEN 0.4 AND 0.45)) a (status, here)
    WHERE ${ofThese(options)} AND d.status = 'delivered' AND a.here`);
}

async function insertPayments(tx: Transaction, options: ManyOrders): Promise<void> {
  await tx.execute(sql`
    INSERT INTO payments (order_id, customer_id, method, provider, status, currency, amount,
      captured, refunded)
    SELECT o.id, o.customer_id, 'cash', 'cash',
      CASE WHEN o.number % 31 = 0 THEN 'refunded' ELSE 'captured' END, o.currency, o.total, o.total,
      CASE WHEN o.number % 62 = 0 THEN o.total WHEN o.number % 31 = 0 THEN 400 ELSE 0 END
    FROM orders o WHERE ${ofThese(options)} AND o.status = 'completed'`);
}

/** Two shifts a day, and one that goes over midnight. */
async function insertDuty(tx: Transaction, options: ManyOrders): Promise<void> {
  const { zoneId, driverIds, firstDay, days } = options;
  await tx.execute(sql`
    INSERT INTO driver_duty (driver_id, zone_id, starts_at, ends_at)
    SELECT driver, z.id, at + s.begins, at + s.ends
    FROM zones z CROSS JOIN unnest(${ids(driverIds)}) AS driver
    CROSS JOIN generate_series(0, ${days}::int - 1) n
    CROSS JOIN LATERAL (
      SELECT (${firstDay}::date + n)::timestamp AT TIME ZONE z.time_zone AS at) midnight
    CROSS JOIN LATERAL (VALUES (interval '10 hours 10 minutes', interval '16 hours'),
      (interval '17 hours 30 minutes', interval '25 hours')) s (begins, ends)
    WHERE z.id = ${zoneId}`);
}
