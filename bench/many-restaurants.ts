import type postgres from 'postgres';
import { MENUS } from '@/db/seed/menus';

/**
 * Fills an empty, migrated database with restaurants as they stand in the world: cities whose sizes follow
 * Zipf's law (the largest of 400 holds 15 %), dense in the middle, each restaurant with hours, a radius of
 * 1.5 to 6 km, and five dishes. Same seed, same restaurants.
 */
export async function fillWithRestaurants(sql: postgres.Sql, count: number): Promise<void> {
  // Nobody watches: neither the log nor the search is written row by row.
  await sql`SET session_replication_role = replica`;
  await sql`SELECT setseed(0.42)`;
  const indexes = await sql<{ name: string; definition: string }[]>`
    SELECT indexname AS name, indexdef AS definition FROM pg_indexes
    WHERE tablename IN ('restaurants', 'restaurant_search', 'menu_items', 'search_words')
      AND indexdef NOT LIKE '%UNIQUE%'`;
  for (const { name } of indexes) await sql`DROP INDEX ${sql(name)}`;
  await insertCities(sql);
  await insertNames(sql);
  await insertRestaurants(sql, count);
  await insertDishes(sql);
  for (const { definition } of indexes.filter((index) => index.name.startsWith('menu_items'))) {
    await sql.unsafe(definition);
  }
  for (let part = 0; part < 16; part += 1) {
    await sql`SELECT refresh_search(ARRAY(SELECT id FROM restaurants WHERE left(id::text, 1) = to_hex(${part}::int)))`;
  }
  for (const { name, definition } of indexes) {
    if (!name.startsWith('menu_items')) await sql.unsafe(definition);
  }
  for (const table of ['restaurants', 'restaurant_search', 'menu_items', 'search_words']) {
    await sql`VACUUM ANALYZE ${sql(table)}`;
  }
  await sql`SET session_replication_role = origin`;
}

async function insertCities(sql: postgres.Sql): Promise<void> {
  await sql`
    CREATE FUNCTION normal_random() RETURNS float8 LANGUAGE sql VOLATILE AS $$
      SELECT sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) $$`;
  await sql`
    CREATE TABLE cities AS
    SELECT n, random() * 110 - 50 AS lat, random() * 340 - 170 AS lng,
      2.5 + 10 * power(1.0 / n, 0.3) AS sigma_km,
      sum(1.0 / n) OVER (ORDER BY n) / sum(1.0 / n) OVER () AS upto
    FROM generate_series(1, 400) n`;
  await sql`CREATE INDEX ON cities (upto)`;
  await sql`
    INSERT INTO zones (slug, name, area, time_zone, currency)
    VALUES ('world', 'World', 'SRID=4326;POLYGON((-1 -1,1 -1,1 1,-1 1,-1 -1))', 'Europe/Lisbon', 'EUR')`;
}

/** 20,000 words for names, and 80 dishes for each of 30 cuisines, those of the demo city among them. */
async function insertNames(sql: postgres.Sql): Promise<void> {
  await sql`
    CREATE TABLE words AS
    SELECT n, (SELECT string_agg(substr('bcdfghjklmnprstvz', 1 + floor(random() * 17)::int, 1)
        || substr('aeiou', 1 + floor(random() * 5)::int, 1), '')
      FROM generate_series(1, 2 + n % 3) WHERE n > 0) AS word
    FROM generate_series(1, 20000) n`;
  await sql`CREATE UNIQUE INDEX ON words (n)`;
  const demo = Object.entries(MENUS).map(([cuisine, sections]) => ({
    cuisine,
    dishes: sections.flatMap(({ dishes }) => dishes.map(({ name }) => name)),
  }));
  await sql`CREATE TABLE dish_names (cuisine text, n integer, name text)`;
  for (let c = 0; c < 30; c += 1) {
    const known = demo[c];
    const cuisine = known?.cuisine ?? `Cuisine ${String.fromCharCode(65 + c)}`;
    await sql`
      INSERT INTO dish_names
      SELECT ${cuisine}, d, coalesce((${sql.array(known?.dishes ?? [])}::text[])[d], a.word || ' ' || b.word)
      FROM generate_series(1, 80) d,
        LATERAL (SELECT word FROM words WHERE n = 1 + (d * 37 + ${c}::int * 611) % 6000) a,
        LATERAL (SELECT word FROM words WHERE n = 6001 + (d * 53 + ${c}::int * 97) % 14000) b`;
  }
  await sql`CREATE UNIQUE INDEX ON dish_names (cuisine, n)`;
}

async function insertRestaurants(sql: postgres.Sql, count: number): Promise<void> {
  const daily = (...spans: [string, string][]) =>
    JSON.stringify(
      [1, 2, 3, 4, 5, 6, 7].flatMap((day) =>
        spans.map(([opens, closes]) => ({ day, opens, closes })),
      ),
    );
  await sql`
    CREATE TABLE opening AS SELECT * FROM (VALUES
      (0.10::float8, ${daily(['00:00', '24:00'])}::text::jsonb), (0.50, ${daily(['11:00', '23:00'])}::text::jsonb),
      (0.80, ${daily(['12:00', '15:00'], ['18:30', '23:30'])}::text::jsonb), (1.00, ${daily(['07:00', '16:00'])}::text::jsonb)
    ) v (upto, hours)`;
  await sql`
    INSERT INTO restaurants (id, zone_id, slug, name, cuisine, kind, address, location, time_zone,
      currency, hours, delivery_radius_m, delivery_fee_base, delivery_fee_per_km, prep_minutes,
      rating, rating_count)
    SELECT gen_random_uuid(), z.id, 'r' || g.n, initcap(a.word || ' ' || b.word), d.cuisine,
      CASE WHEN k.u < 0.9 THEN 'restaurant' WHEN k.u < 0.98 THEN 'grocery' ELSE 'pharmacy' END,
      1 + g.n % 200 || ' Some Street',
      ST_MakePoint(c.lng + normal_random() * c.sigma_km / 111.2 / cos(radians(c.lat)),
        c.lat + normal_random() * c.sigma_km / 111.2)::geography,
      'Europe/Lisbon', 'EUR', o.hours, 1500 + floor(random() * 10)::int * 500,
      100 + floor(random() * 6)::int * 50, 40 + floor(random() * 5)::int * 10,
      5 + floor(random() * 25)::int, round((3 + 2 * power(random(), 0.6))::numeric, 1), 10
    FROM generate_series(1, ${count}::int) g (n), zones z,
      LATERAL (SELECT random() + g.n * 0 AS u) p,
      LATERAL (SELECT * FROM cities WHERE upto >= p.u ORDER BY upto LIMIT 1) c,
      LATERAL (SELECT random() + g.n * 0 AS u) q,
      LATERAL (SELECT hours FROM opening WHERE upto >= q.u ORDER BY upto LIMIT 1) o,
      LATERAL (SELECT random() + g.n * 0 AS u) k,
      LATERAL (SELECT power(random() + g.n * 0, 1.7) * 30 AS u) f,
      LATERAL (SELECT word FROM words WHERE n = 1 + g.n * 7919::bigint % 20000) a,
      LATERAL (SELECT word FROM words WHERE n = 1 + g.n * 104729::bigint % 3000) b,
      LATERAL (SELECT cuisine FROM dish_names WHERE n = 1 ORDER BY cuisine OFFSET floor(f.u) LIMIT 1) d`;
}

async function insertDishes(sql: postgres.Sql): Promise<void> {
  await sql`
    INSERT INTO menu_sections (id, restaurant_id, name, position)
    SELECT gen_random_uuid(), id, 'Menu', 0 FROM restaurants`;
  await sql`
    INSERT INTO menu_items (restaurant_id, section_id, name, price, position)
    SELECT r.id, s.id, d.name, 900, d.n
    FROM (SELECT id, cuisine, row_number() OVER () AS n FROM restaurants) r
    JOIN menu_sections s ON s.restaurant_id = r.id
    JOIN dish_names d ON d.cuisine = r.cuisine AND d.n BETWEEN 1 + r.n % 75 AND 5 + r.n % 75`;
}
