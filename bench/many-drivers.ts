import type postgres from 'postgres';
import { ensured } from '@/domain/errors';

/** The middle of the zone that `fillWithDrivers` makes. */
export const CENTRE = { lat: 37.9, lng: -29.6 };

/**
 * Fills an empty, migrated database with drivers who are online, within some 20 km of the centre, denser
 * in the middle; ids in no order. Same seed, same places.
 */
export async function fillWithDrivers(sql: postgres.Sql, count: number): Promise<string[]> {
  // Nobody watches: the log and the availability are not written row by row.
  await sql`SET session_replication_role = replica`;
  await sql`SELECT setseed(0.42)`;
  const [zone] = await sql<{ id: string }[]>`
    INSERT INTO zones (slug, name, area, time_zone, currency)
    VALUES ('bench', 'Bench', 'SRID=4326;POLYGON((-31 36,-28 36,-28 39,-31 39,-31 36))', 'Atlantic/Azores', 'EUR')
    RETURNING id`;
  const zoneId = ensured(zone, 'a zone').id;
  const rows = await sql<{ id: string }[]>`
    WITH people AS (
      INSERT INTO users (id, email, name, password_hash, role)
      SELECT gen_random_uuid(), 'driver' || n || '@hotfoot.test', 'Driver ' || n, 'none', 'driver'
      FROM generate_series(1, ${count}::int) n RETURNING id
    )
    INSERT INTO drivers (user_id, zone_id, vehicle, online, online_since)
    SELECT id, ${zoneId}, 'bike', true, now() FROM people RETURNING user_id AS id`;
  await sql`
    INSERT INTO driver_positions (driver_id, location, recorded_at, available, on_duty)
    SELECT user_id, ST_MakePoint(
        ${CENTRE.lng} + (random() + random() + random() - 1.5) * 0.3,
        ${CENTRE.lat} + (random() + random() + random() - 1.5) * 0.24)::geography,
      now() - interval '5 seconds', true, true
    FROM drivers`;
  for (const table of ['users', 'drivers', 'driver_positions']) {
    await sql`VACUUM ANALYZE ${sql(table)}`;
  }
  await sql`SET session_replication_role = origin`;
  return rows.map(({ id }) => id);
}
