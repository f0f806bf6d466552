import type postgres from 'postgres';

export type BusyBoard = { orders: number; drivers: number };

/**
 * Adds to a seeded city what fills a board: drivers who are online, each within 5 km of the middle, and open
 * orders in every state, of which every tenth is fetched at the counter. Nobody is searched for, so that
 * the rounds of dispatch add no work of their own. Same seed, same town.
 */
export async function fillBoard(sql: postgres.Sql, { orders, drivers }: BusyBoard): Promise<void> {
  // Nobody watches yet: the log is not written row by row.
  await sql`SET session_replication_role = replica`;
  await sql`SELECT setseed(0.42)`;
  await sql.unsafe(`
    CREATE FUNCTION bench_near(place geography, km float8) RETURNS geography LANGUAGE sql VOLATILE AS $$
      SELECT ST_Project(place, 1000 * km * sqrt(random()), 2 * pi() * random()) $$;
    INSERT INTO users (email, name, role, password_hash)
      SELECT 'bench' || n || '@hotfoot.test', (ARRAY['Ana','Ben','Cid','Dee','Eve','Finn','Gus','Hana','Ida','Jon'])[1 + n % 10]
        || ' ' || (ARRAY['Alder','Birch','Cedar','Elm','Fir','Hazel','Larch','Maple'])[1 + n % 8] || ' ' || n, 'driver', '-'
      FROM generate_series(1, ${drivers}) n;
    INSERT INTO drivers (user_id, zone_id, vehicle, capacity, online, online_since)
      SELECT u.id, z.id, (ARRAY['bike', 'scooter', 'car'])[1 + floor(random() * 3)::int], 8, true, now()
      FROM users u, (SELECT id FROM zones ORDER BY id LIMIT 1) z WHERE u.email LIKE 'bench%';
    INSERT INTO driver_positions (driver_id, location, recorded_at, available, on_duty)
      SELECT d.user_id, bench_near(r.location, 3), now(), false, true FROM drivers d
      JOIN users u ON u.id = d.user_id AND u.email LIKE 'bench%',
        LATERAL (SELECT location FROM restaurants WHERE zone_id = d.zone_id OR d.zone_id IS NULL ORDER BY md5(id::text || d.user_id::text) LIMIT 1) r;
    CREATE TABLE bench_orders AS
      SELECT uuid_v7() AS id, n, r.id AS restaurant, c.id AS customer, random() AS fate
      FROM generate_series(1, ${orders}) n,
        LATERAL (SELECT id FROM restaurants ORDER BY md5(id::text || n::text) LIMIT 1) r,
        (SELECT id FROM users WHERE role = 'customer' LIMIT 1) c;
    INSERT INTO orders (id, status, customer_id, customer_name, restaurant_id, restaurant_name, restaurant_slug,
        pickup, pickup_address, dropoff, dropoff_address, item_count, currency, subtotal, delivery_fee, total,
        prep_minutes, trip_distance_m, time_zone, placed_at, accepted_at, preparing_at, ready_at, fulfilment,
        ready_estimate_at, promised_from, promised_to)
      SELECT b.id, CASE WHEN n % 20 = 0 THEN 'placed' WHEN fate < 0.1 THEN 'accepted' WHEN fate < 0.4 THEN 'preparing' ELSE 'ready' END,
        b.customer, 'Customer ' || n, r.id, r.name, r.slug, r.location, r.address, bench_near(r.location, 3), n || ' Side Street', 2,
        'EUR', 1800, 200, 2000, 15, 1500, r.time_zone, now() - fate * interval '20 minutes' * sign(n % 20),
        CASE WHEN n % 20 > 0 THEN now() END, CASE WHEN n % 20 > 0 AND fate > 0.1 THEN now() END,
        CASE WHEN n % 20 > 0 AND fate > 0.4 THEN now() END, CASE WHEN n % 10 = 5 THEN 'pickup' ELSE 'delivery' END,
        now() + interval '10 minutes', now() + (random() * 40 - 5) * interval '1 minute',
        now() + (random() * 40 + 5) * interval '1 minute'
      FROM bench_orders b JOIN restaurants r ON r.id = b.restaurant;
    INSERT INTO deliveries (order_id, zone_id, status, driver_id, driver_name, driver_vehicle, pickup, pay, next_attempt_at, assigned_at)
      SELECT b.id, d.zone_id, s.status, CASE WHEN s.carried THEN d.user_id END, CASE WHEN s.carried THEN d.name END,
        CASE WHEN s.carried THEN d.vehicle END, o.pickup, 450, NULL, CASE WHEN s.carried THEN now() END
      FROM bench_orders b JOIN orders o ON o.id = b.id AND o.status <> 'placed' AND o.fulfilment = 'delivery'
      JOIN (SELECT d.*, u.name, row_number() OVER (ORDER BY d.user_id) AS rank FROM drivers d JOIN users u ON u.id = d.user_id
        WHERE u.email LIKE 'bench%') d ON d.rank = 1 + b.n % ${drivers}
      CROSS JOIN LATERAL (SELECT CASE WHEN b.n % 100 = 1 THEN 'no_driver' WHEN b.n % 17 = 1 THEN 'offering' WHEN fate < 0.5 THEN 'assigned'
        WHEN fate < 0.6 THEN 'at_pickup' WHEN fate < 0.9 THEN 'picked_up' ELSE 'at_dropoff' END AS status,
        b.n % 100 <> 1 AND b.n % 17 <> 1 AS carried) s`);
  await sql`SET session_replication_role = origin`;
  await sql`ANALYZE`;
}

/**
 * What happens to such a board, some events a transaction, without an end: windows of arrival are told
 * anew, drivers get on, give deliveries back and take others, and meals are cooked, called off and restored.
 */
export class BoardLife {
  #turn = 0;
  #orders: string[] = [];
  #deliveries: string[] = [];
  #meals: string[] = [];

  constructor(private readonly sql: postgres.Sql) {}

  async start(): Promise<void> {
    const idsOf = async (rows: Promise<{ id: string }[]>) => (await rows).map(({ id }) => id);
    const { sql } = this;
    this.#orders = await idsOf(sql`SELECT id FROM bench_orders ORDER BY n`);
    this.#deliveries = await idsOf(sql`
      SELECT d.id FROM deliveries d JOIN bench_orders b ON b.id = d.order_id
      WHERE d.status IN ('offering', 'assigned', 'at_pickup') ORDER BY b.n`);
    this.#meals = await idsOf(sql`
      SELECT o.id FROM orders o JOIN bench_orders b ON b.id = o.id
      WHERE o.fulfilment = 'pickup' AND o.status <> 'placed' ORDER BY b.n`);
  }

  /** Changes so many rows, in one transaction of the three kinds in turn: as many events. */
  async change(count: number): Promise<void> {
    const kinds = [this.#tellArrivals, this.#moveDrivers, this.#tellArrivals, this.#cook] as const;
    const kind = kinds[this.#turn % kinds.length];
    this.#turn += 1;
    await kind?.(count);
  }

  #next(list: readonly string[], count: number): string[] {
    const from = (this.#turn * 37) % list.length;
    return [...list, ...list].slice(from, from + Math.min(count, list.length));
  }

  readonly #tellArrivals = async (count: number) => {
    const minutes = 10 + (this.#turn % 30);
    await this.sql`
      UPDATE orders SET eta_from = now() + ${minutes} * interval '1 minute',
        eta_to = now() + ${minutes + 6} * interval '1 minute'
      WHERE id = ANY(${this.#next(this.#orders, count)})`;
  };

  readonly #moveDrivers = async (count: number) => {
    await this.sql`
      UPDATE deliveries d SET
        status = CASE d.status WHEN 'offering' THEN 'assigned' WHEN 'assigned' THEN 'at_pickup' ELSE 'offering' END,
        driver_id = CASE d.status WHEN 'offering' THEN (
          SELECT user_id FROM drivers JOIN users ON id = user_id WHERE email LIKE 'bench%'
          ORDER BY md5(user_id::text || d.id::text) LIMIT 1) WHEN 'assigned' THEN d.driver_id END,
        next_attempt_at = NULL
      WHERE d.id = ANY(${this.#next(this.#deliveries, count)})`;
  };

  readonly #cook = async (count: number) => {
    await this.sql`
      UPDATE orders SET status = CASE status WHEN 'accepted' THEN 'preparing' WHEN 'preparing' THEN 'ready'
        WHEN 'ready' THEN 'cancelled' ELSE 'accepted' END
      WHERE id = ANY(${this.#next(this.#meals, count)})`;
  };
}
