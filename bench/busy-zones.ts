import type postgres from 'postgres';

export type BusyZones = { zones: number; deliveries: number; drivers: number };

/**
 * Fills an empty, migrated database with zones at work: restaurants within 4 km of a centre, drivers within
 * 5 km, deliveries whose food is ready within 20 minutes, doors within 3 km. A third of the drivers carry
 * something, and everybody was asked a few times before. Same seed, same town.
 */
export async function fillWithWork(sql: postgres.Sql, size: BusyZones): Promise<void> {
  const { zones, deliveries, drivers } = size;
  const [perZone, crew] = [Math.round(deliveries / zones), Math.round(drivers / zones)];
  // Nobody watches: neither the log nor availability is written row by row.
  await sql`SET session_replication_role = replica`;
  await sql`SELECT setseed(0.42)`;
  await sql.unsafe(`
    CREATE FUNCTION around(lat float8, lng float8, km float8) RETURNS geography LANGUAGE sql VOLATILE AS $$
      SELECT ST_MakePoint(lng + d.r * sin(d.a) / (111.3 * cos(radians(lat))), lat + d.r * cos(d.a) / 111.3)::geography
      FROM (SELECT km * sqrt(random()) AS r, 2 * pi() * random() AS a) d $$;
    CREATE TABLE places AS SELECT n, uuid_v7() AS zone, -40 + 80.0 * n / ${zones} AS lat,
      -150 + 300.0 * n / ${zones} AS lng FROM generate_series(1, ${zones}) n;
    INSERT INTO zones (id, slug, name, area, time_zone, currency, dispatch_policy)
      SELECT zone, 'z' || n, 'Zone ' || n, 'SRID=4326;POLYGON((-1 -1,1 -1,1 1,-1 1,-1 -1))',
        'Europe/Lisbon', 'EUR', '{"kind": "batch", "leadSeconds": 120}' FROM places;
    INSERT INTO restaurants (zone_id, slug, name, cuisine, address, location, time_zone, currency, hours,
        delivery_radius_m, delivery_fee_base, delivery_fee_per_km, prep_minutes)
      SELECT zone, 'r' || n || '-' || m, 'Kitchen ' || m, 'Pizza', '1 Main Street', around(lat, lng, 4),
        'Europe/Lisbon', 'EUR', '[]', 5000, 200, 50, 15
      FROM places, generate_series(1, ${Math.max(10, Math.round(perZone / 5))}) m;
    INSERT INTO users (email, name, role, password_hash)
      SELECT 'd' || n || '-' || m || '@hotfoot.test', 'Driver ' || m, 'driver', '-'
      FROM places, generate_series(1, ${crew}) m;
    INSERT INTO users (email, name, role, password_hash) VALUES ('c@hotfoot.test', 'Cora', 'customer', '-');
    INSERT INTO drivers (user_id, zone_id, vehicle, capacity, online, online_since)
      SELECT u.id, p.zone, (ARRAY['bike', 'scooter', 'car'])[1 + floor(random() * 3)::int], 3, true,
        now() - random() * interval '2 hours'
      FROM users u JOIN places p ON u.email LIKE 'd' || p.n || '-%' WHERE u.role = 'driver';
    INSERT INTO driver_positions (driver_id, location, recorded_at, available, on_duty)
      SELECT d.user_id, around(p.lat, p.lng, 5), now() + interval '1 hour', true, true
      FROM drivers d JOIN places p ON p.zone = d.zone_id;
    CREATE TABLE wanted AS
      SELECT uuid_v7() AS id, p.zone, p.lat, p.lng, m, r.id AS restaurant, r.location AS pickup, c.id AS customer
      FROM places p, generate_series(1, ${perZone + Math.round(crew / 3)}) m,
        LATERAL (SELECT id, location FROM restaurants WHERE zone_id = p.zone ORDER BY random() + m * 0 LIMIT 1) r,
        (SELECT id FROM users WHERE role = 'customer') c;
    INSERT INTO orders (id, status, customer_id, customer_name, restaurant_id, restaurant_name, restaurant_slug,
        pickup, pickup_address, dropoff, dropoff_address, item_count, currency, subtotal, delivery_fee, total,
        prep_minutes, trip_distance_m, time_zone, placed_at, accepted_at, ready_estimate_at, promised_from, promised_to)
      SELECT id, 'accepted', customer, 'Cora', restaurant, 'Kitchen', 'kitchen', pickup, '1 Main Street',
        around(ST_Y(pickup::geometry), ST_X(pickup::geometry), 3), '2 Side Street', 1, 'EUR', 1000, 200, 1200,
        15, 1500, 'Europe/Lisbon', now() - random() * interval '15 minutes', now(),
        now() + (random() * 25 - 5) * interval '1 minute', now(), now() + interval '40 minutes' FROM wanted;
    INSERT INTO deliveries (order_id, zone_id, status, pickup, pay, search_started_at, next_attempt_at)
      SELECT id, zone, 'unassigned', pickup, 450, now() - interval '1 minute', now() - interval '1 second'
      FROM wanted WHERE m <= ${perZone};
    INSERT INTO deliveries (order_id, zone_id, status, driver_id, driver_name, pickup, pay, next_attempt_at, assigned_at)
      SELECT w.id, w.zone, CASE WHEN random() < 0.5 THEN 'assigned' ELSE 'picked_up' END, d.user_id, 'Driver',
        w.pickup, 450, NULL, now() - interval '5 minutes'
      FROM (SELECT *, row_number() OVER (PARTITION BY zone ORDER BY m) AS rank FROM wanted WHERE m > ${perZone}) w
      JOIN (SELECT *, row_number() OVER (PARTITION BY zone_id ORDER BY user_id) AS rank FROM drivers) d
        ON d.zone_id = w.zone AND d.rank = w.rank;
    INSERT INTO offers (delivery_id, order_id, driver_id, driver_name, status, attempt, round, pickup_distance_m,
        created_at, expires_at)
      SELECT v.id, v.order_id, d.user_id, 'Driver', (ARRAY['declined', 'expired', 'withdrawn'])[1 + m % 3], 1, 99,
        500, now() - m * interval '20 minutes', now()
      FROM drivers d, generate_series(1, 5) m,
        LATERAL (SELECT id, order_id FROM deliveries WHERE zone_id = d.zone_id AND driver_id IS NOT NULL LIMIT 1) v`);
  await sql`SET session_replication_role = origin`;
  await sql`ANALYZE`;
}
