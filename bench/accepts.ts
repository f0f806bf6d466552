import { parseArgs } from 'node:util';
import { connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { createDatabase, databaseUrl, dropDatabase } from '@/db/testing/databases';
import { startPostgres } from '@/db/testing/real-postgres';
import { Refusal } from '@/domain/errors';
import { seededRandom } from '@/domain/random';
import { acceptOffer } from '@/services/answer-offer';
import { contextOf, key } from '@/services/testing';
import { fillWithDrivers } from './many-drivers';
import { percentiles } from './percentiles';

/**
 * Many drivers say yes to the same deliveries at once, each several times (two devices, double taps),
 * over many connections: exactly one gets each. On a real PostgreSQL with fsync.
 * Run: npm run bench:accepts
 */
const { values } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '1000' },
    drivers: { type: 'string', default: '50' },
    taps: { type: 'string', default: '2' },
    connections: { type: 'string', default: '32' },
  },
});
const DELIVERIES = Number(values.deliveries);
const DRIVERS_EACH = Number(values.drivers);
const CONNECTIONS = Number(values.connections);
const random = seededRandom(3);

const DATABASE = 'hotfoot_bench_accepts';
const server = await startPostgres({ durable: true });
const url = databaseUrl(server.url, DATABASE);
const connection = connect(url, { max: CONNECTIONS });
const { db, sql } = connection;

/** Deliveries that are offered to so many drivers each; nobody is asked about two. */
async function fill(): Promise<{ offerId: string; driverId: string }[]> {
  const one = connect(url, { max: 1 });
  await fillWithDrivers(one.sql, DELIVERIES * DRIVERS_EACH);
  await one.sql`SET session_replication_role = replica`;
  await one.sql`
    INSERT INTO users (email, name, password_hash, role) VALUES ('customer@hotfoot.test', 'Cora', 'none', 'customer')`;
  await one.sql`
    INSERT INTO restaurants (zone_id, slug, name, cuisine, address, location, time_zone, currency,
      hours, delivery_radius_m, delivery_fee_base, delivery_fee_per_km, prep_minutes)
    SELECT id, 'kitchen', 'Kitchen', 'Pizza', 'A street', 'SRID=4326;POINT(-29.6 37.9)',
      'Atlantic/Azores', 'EUR', '[]', 5000, 200, 100, 10 FROM zones`;
  await one.sql`
    INSERT INTO orders (customer_id, customer_name, restaurant_id, restaurant_name, restaurant_slug,
      pickup, pickup_address, dropoff, dropoff_address, item_count, currency, subtotal, delivery_fee,
      total, prep_minutes, trip_distance_m, time_zone, promised_from, promised_to, status, accepted_at)
    SELECT u.id, u.name, r.id, r.name, r.slug, r.location, 'There', r.location, 'Here', 1, 'EUR', 1000,
      200, 1200, 10, 1000, 'Atlantic/Azores', now(), now(), 'accepted', now()
    FROM generate_series(1, ${DELIVERIES}::int), restaurants r, users u WHERE u.role = 'customer'`;
  await one.sql`
    INSERT INTO deliveries (order_id, zone_id, pickup, pay, status)
    SELECT o.id, z.id, o.pickup, 400, 'offering' FROM orders o, zones z`;
  const offers = await one.sql<{ offerId: string; driverId: string }[]>`
    INSERT INTO offers (delivery_id, order_id, driver_id, driver_name, attempt, round,
      pickup_distance_m, expires_at)
    SELECT d.id, d.order_id, w.user_id, 'Driver', 1, 0, 100, now() + interval '1 day'
    FROM (SELECT *, row_number() OVER () - 1 AS n FROM deliveries) d
    JOIN (SELECT user_id, row_number() OVER () - 1 AS n FROM drivers) w
      ON w.n / ${DRIVERS_EACH}::int = d.n
    RETURNING id AS "offerId", driver_id AS "driverId"`;
  for (const table of ['orders', 'deliveries', 'offers']) {
    await one.sql`VACUUM ANALYZE ${one.sql(table)}`;
  }
  await one.close();
  return [...offers];
}

function shuffled<T>(list: readonly T[]): T[] {
  const copy = [...list];
  for (let n = copy.length - 1; n > 0; n -= 1) {
    const other = Math.floor(random() * (n + 1));
    const [a, b] = [copy[n], copy[other]];
    if (a !== undefined && b !== undefined) [copy[n], copy[other]] = [b, a];
  }
  return copy;
}

/** What the database must not hold, counted. */
const wrongs = async () => {
  const [row] = await sql<Record<string, number>[]>`
    SELECT
      (SELECT count(*) FROM (SELECT FROM offers WHERE status = 'accepted'
        GROUP BY delivery_id HAVING count(*) > 1) twice)::int AS "deliveries accepted twice",
      (SELECT count(*) FROM deliveries d WHERE NOT EXISTS (SELECT FROM offers f
        WHERE f.delivery_id = d.id AND f.driver_id = d.driver_id AND f.status = 'accepted'))::int
        AS "deliveries of somebody who did not accept",
      (SELECT count(*) FROM (SELECT FROM deliveries WHERE driver_id IS NOT NULL
        GROUP BY driver_id HAVING count(*) > 1) over)::int AS "drivers above their capacity",
      (SELECT count(*) FROM offers WHERE status = 'pending')::int AS "offers left open",
      (SELECT count(*) - count(DISTINCT stream_id) FROM events WHERE type = 'delivery.assigned')::int
        AS "assignments told twice"`;
  return row ?? {};
};

try {
  await createDatabase(server.url, DATABASE);
  await migrate(url);
  const offers = await fill();
  const taps = shuffled(Array.from({ length: Number(values.taps) }, () => offers).flat());
  const taken: number[] = [];
  const outcomes = new Map<string, number>();
  const startedAt = performance.now();
  const racer = async () => {
    for (let tap = taps.pop(); tap; tap = taps.pop()) {
      const viewer = { userId: tap.driverId, role: 'driver', name: 'Driver' } as const;
      const before = performance.now();
      const outcome = await acceptOffer(contextOf(db, viewer), { ...key(), offerId: tap.offerId })
        .then(() => 'got it')
        .catch((error: unknown) => {
          if (error instanceof Refusal) return error.reason;
          throw error;
        });
      taken.push(performance.now() - before);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS * 4 }, racer));
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(
    `${taken.length} accepts of ${DELIVERIES} deliveries by ${offers.length} drivers, ${CONNECTIONS} connections:`,
    `${seconds.toFixed(1)} s, ${Math.round(taken.length / seconds)} a second`,
  );
  console.table([percentiles('one accept, waiting for a connection included', taken)]);
  console.table(Object.fromEntries(outcomes));
  const found = await wrongs();
  console.table(found);
  const clean = Object.values(found).every((count) => count === 0);
  process.exitCode = clean && outcomes.get('got it') === DELIVERIES ? 0 : 1;
} finally {
  await connection.close();
  await dropDatabase(server.url, DATABASE);
  await server.stop();
}
