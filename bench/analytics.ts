import { parseArgs } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { type Connection, connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { readFigures, type ZoneDays } from '@/db/queries/analytics';
import { countDay, dueDays } from '@/db/queries/analytics-rollup';
import { createDatabase, databaseUrl, dropDatabase } from '@/db/testing/databases';
import { fillWithOrders } from '@/db/testing/many-orders';
import { startPostgres } from '@/db/testing/real-postgres';
import { makeTown, makeUser } from '@/db/testing/town';
import { MEASURES } from '@/domain/analytics/figures';
import { addDays } from '@/domain/wall-clock';
import { getAnalytics } from '@/services/get-analytics';
import { contextOf } from '@/services/testing';
import { percentiles } from './percentiles';

/**
 * What the admin's figures cost over a month of a million orders: computing each day once, and reading the
 * page; on a real PostgreSQL with fsync, in a database of its own. Times are those of the caller. The
 * figures are held against a naive count of the rows. Run: npm run bench:analytics
 */

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000000' },
    zones: { type: 'string', default: '10' },
    runs: { type: 'string', default: '50' },
  },
});
const ZONES = Number(values.zones);
const RUNS = Number(values.runs);
const RESTAURANTS_A_ZONE = 50;
const DRIVERS_A_ZONE = 100;
const FIRST_DAY = '2026-10-27';
const DAYS = 30;
const LAST_DAY = addDays(FIRST_DAY, DAYS - 1);
/** The period before is so many whole weeks earlier. */
const DAYS_BACK = 35;
/** The evening of the last day: today is compared with the same day a week ago, up to this minute. */
const now = new Date(`${LAST_DAY}T19:37:00Z`);

/** What filling does not read by is indexed afterwards, as a restored backup would be. */
async function withoutIndexes<T>({ sql }: Connection, work: () => Promise<T>): Promise<T> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    SELECT indexname AS name, indexdef AS definition FROM pg_indexes
    WHERE tablename IN ('orders', 'deliveries', 'offers', 'payments')
      AND indexdef NOT LIKE '%UNIQUE%' AND indexname <> 'orders_restaurant'
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexname::regclass)`;
  for (const { name } of indexes) await sql`DROP INDEX ${sql(name)}`;
  const done = await work();
  for (const { definition } of indexes) await sql.unsafe(definition);
  for (const table of ['orders', 'deliveries', 'offers', 'payments', 'driver_duty']) {
    await sql`VACUUM ANALYZE ${sql(table)}`;
  }
  return done;
}

async function fill({ db, sql }: Connection) {
  const zoneIds: string[] = [];
  let admin = await makeUser(db, 'admin', 'Abe Admin');
  for (let zone = 0; zone < ZONES; zone += 1) {
    const town = await makeTown(db);
    admin = town.admin;
    zoneIds.push(town.zoneId);
    await sql`SET session_replication_role = replica`;
    await sql`
      INSERT INTO restaurants (zone_id, slug, name, cuisine, address, location, time_zone, currency,
        hours, delivery_radius_m, delivery_fee_base, delivery_fee_per_km, prep_minutes)
      SELECT zone_id, 'r' || ${zone}::int || '-' || n, 'Kitchen ' || n, cuisine, address, location,
        time_zone, currency, hours, delivery_radius_m, 200, 100, 15
      FROM restaurants, generate_series(2, ${RESTAURANTS_A_ZONE}::int) n WHERE id = ${town.restaurantId}`;
    const drivers = Array.from({ length: DRIVERS_A_ZONE }, () => uuidv7());
    await sql`
      INSERT INTO users (id, email, name, role, password_hash)
      SELECT id, id || '@hotfoot.test', 'Driver', 'driver', 'none' FROM unnest(${drivers}::uuid[]) id`;
    await sql`
      INSERT INTO drivers (user_id, zone_id, vehicle)
      SELECT id, ${town.zoneId}, 'bike' FROM unnest(${drivers}::uuid[]) id`;
    await sql`SET session_replication_role = origin`;
    const kitchens = await sql<{ id: string }[]>`
      SELECT id FROM restaurants WHERE zone_id = ${town.zoneId}`;
    await db.transaction((tx) =>
      fillWithOrders(tx, {
        zoneId: town.zoneId,
        restaurantIds: kitchens.map(({ id }) => id),
        driverIds: drivers,
        customerId: town.customer.userId,
        firstDay: FIRST_DAY,
        days: DAYS,
        orders: Math.round(Number(values.orders) / ZONES),
      }),
    );
  }
  return { zoneIds, admin };
}

/** Every day of every zone, once. */
async function rollUp({ db, sql }: Connection) {
  const taken: number[] = [];
  const startedAt = performance.now();
  for (let due = await dueDays(db, 50); due.length > 0; due = await dueDays(db, 50)) {
    for (const day of due) {
      const begun = performance.now();
      await db.transaction((tx) => countDay(tx, day, now));
      taken.push(performance.now() - begun);
    }
  }
  console.log(`rolled up in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
  await sql`VACUUM ANALYZE analytics_figures`;
  return [percentiles('count a day of a zone', taken)];
}

/** The month before had the same figures: a page that compares has as much to read of either. */
async function repeatMonthBefore({ sql }: Connection): Promise<void> {
  await sql`
    INSERT INTO analytics_figures SELECT earlier.* FROM analytics_figures f,
      LATERAL jsonb_populate_record(f, jsonb_build_object('day', f.day - ${DAYS_BACK}::int)) earlier`;
  await sql`VACUUM ANALYZE analytics_figures`;
}

async function repeat(title: string, work: () => Promise<unknown>, runs = RUNS) {
  const taken: number[] = [];
  for (let run = -3; run < runs; run += 1) {
    const startedAt = performance.now();
    await work();
    if (run >= 0) taken.push(performance.now() - startedAt);
  }
  const row = percentiles(title, taken);
  console.log(JSON.stringify(row));
  return row;
}

type Filled = Awaited<ReturnType<typeof fill>>;

async function measure({ db }: Connection, { zoneIds, admin }: Filled) {
  const ctx = contextOf(db, admin, { now: () => now });
  const month = { period: 'custom', from: FIRST_DAY, to: LAST_DAY } as const;
  const rest = { sort: 'orders', descending: true } as const;
  const days = zoneIds.flatMap((zoneId): ZoneDays[] => [
    { period: 'current', zoneId, from: FIRST_DAY, to: LAST_DAY, untilMinute: null },
    {
      ...{ period: 'before', zoneId, untilMinute: 1_177 },
      ...{ from: addDays(FIRST_DAY, -DAYS_BACK), to: addDays(LAST_DAY, -DAYS_BACK) },
    },
  ]);
  const today = zoneIds.flatMap((zoneId): ZoneDays[] => [
    { period: 'current', zoneId, from: LAST_DAY, to: LAST_DAY, untilMinute: null },
    {
      ...{ period: 'before', zoneId, untilMinute: 1_177 },
      ...{ from: addDays(LAST_DAY, -7), to: addDays(LAST_DAY, -7) },
    },
  ]);
  const rows = [
    await repeat('query: a month and the one before, by day', () =>
      readFigures(db, days, 'day', MEASURES, now),
    ),
    await repeat('query: today and last week to the minute, by hour', () =>
      readFigures(db, today, 'hour', MEASURES, now),
    ),
  ];
  const current = days.filter(({ period }) => period === 'current');
  for (const by of ['zone', 'restaurant', 'driver', 'hour'] as const) {
    rows.push(
      await repeat(`query: a month by ${by}`, () =>
        readFigures(db, current, by, ['delivery', by === 'driver' ? 'ride' : 'kitchen'], now),
      ),
    );
  }
  for (const by of ['zone', 'restaurant', 'driver', 'hour'] as const) {
    rows.push(
      await repeat(`page: a month by ${by}`, () => getAnalytics(ctx, { ...month, by, ...rest })),
    );
  }
  rows.push(
    await repeat('page: today by restaurant', () =>
      getAnalytics(ctx, { period: 'today', by: 'restaurant', ...rest }),
    ),
  );
  return rows;
}

type Naive = {
  id: string;
  orders: number;
  delivered: number;
  revenue: number;
  median: number;
  p90: number;
};

/** The same figures from the rows themselves, the way one would ask for them first. */
async function countNaively({ db, sql }: Connection, { admin }: Filled): Promise<void> {
  let naive: Naive[] = [];
  const count = async () => {
    naive = await sql<Naive[]>`
      SELECT r.id, count(*)::int AS orders, count(d.delivered_at)::int AS delivered,
        sum(greatest(0, CASE o.status WHEN 'completed' THEN o.total - o.tip
          WHEN 'cancelled' THEN o.cancel_fee ELSE 0 END - coalesce(p.refunded, 0)))::float8 AS revenue,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM d.delivered_at - o.placed_at))
          FILTER (WHERE o.slot_from IS NULL)::float8 AS median,
        percentile_disc(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM d.delivered_at - o.placed_at))
          FILTER (WHERE o.slot_from IS NULL)::float8 AS p90
      FROM orders o JOIN restaurants r ON r.id = o.restaurant_id
      LEFT JOIN deliveries d ON d.order_id = o.id
      LEFT JOIN payments p ON p.order_id = o.id AND p.purpose = 'order'
      WHERE o.placed_at >= ${`${FIRST_DAY} 00:00 Europe/Lisbon`}::timestamptz
        AND o.placed_at < ${`${addDays(LAST_DAY, 1)} 00:00 Europe/Lisbon`}::timestamptz
      GROUP BY r.id`;
  };
  console.table([await repeat('naive: a month by restaurant, from the rows', count, 3)]);
  const ctx = contextOf(db, admin, { now: () => now });
  const { breakdown, total } = await getAnalytics(ctx, {
    ...{ period: 'custom', from: FIRST_DAY, to: LAST_DAY, by: 'restaurant' },
    ...{ sort: 'orders', descending: true },
  });
  const byId = new Map(naive.map((row) => [row.id, row]));
  let [wrong, worst] = [0, 0];
  for (const row of breakdown) {
    const exact = byId.get(row.key);
    const same =
      exact?.orders === row.orders &&
      exact.delivered === row.delivered &&
      exact.revenue === row.revenue[0]?.amount;
    if (!same) wrong += 1;
    for (const [said, was] of [
      [row.deliveryMedian, exact?.median],
      [row.deliveryP90, exact?.p90],
    ]) {
      worst = Math.max(worst, Math.abs((said ?? 0) / (was ?? 0) - 1));
    }
  }
  const orders = naive.reduce((sum, row) => sum + row.orders, 0);
  console.log({
    orders: total.orders,
    ordersNaively: orders,
    restaurantsCompared: breakdown.length,
    restaurantsThatDiffer: wrong,
    worstErrorOfAPercentile: `${(worst * 100).toFixed(2)} %`,
  });
}

const DATABASE = 'hotfoot_bench_analytics';
const server = await startPostgres({ durable: true });
const url = databaseUrl(server.url, DATABASE);
try {
  await createDatabase(server.url, DATABASE);
  await migrate(url);
  const startedAt = performance.now();
  const filling = connect(url, { max: 1 });
  const filled = await withoutIndexes(filling, () => fill(filling));
  await filling.close();
  console.log(`filled in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
  const connection = connect(url, { max: 4 });
  console.table(await rollUp(connection));
  const [size] = await connection.sql`
    SELECT pg_size_pretty(pg_total_relation_size('analytics_figures')) AS figures,
      (SELECT count(*)::int FROM analytics_figures) AS rows,
      pg_size_pretty(pg_total_relation_size('orders')) AS orders`;
  console.log(size);
  await repeatMonthBefore(connection);
  console.table(await measure(connection, filled));
  await countNaively(connection, filled);
  await connection.close();
} finally {
  await dropDatabase(server.url, DATABASE);
  await server.stop();
}
