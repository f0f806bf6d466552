import { randomBytes } from 'node:crypto';
import { cpus, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Connection, connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { type LogPosition, readFeed, readStream, readTail } from '@/db/queries/events';
import { readLog } from '@/db/queries/log';
import { createDatabase, databaseUrl, dropDatabase } from '@/db/testing/databases';
import { startPostgres } from '@/db/testing/real-postgres';
import { seedDemoCity } from '@/server/demo-city';
import type { Changed, ToLoad } from './growth/load';
import { drawIds, lengthenLog } from './growth/long-log';
import { ask, endChild, startChild } from './orders/children';
import { openAccounts } from './orders/town';
import { percentiles } from './percentiles';
import { usedByPart } from './processes';

/**
 * How it grows: with connections, what a change that is committed elsewhere takes to its screen, what carrying it
 * costs, what a connection holds and costs while nothing happens; with lines of the log, what its readers
 * ask of it. On a PostgreSQL with fsync. Run: npm run bench:growth [-- --lines 10000,100000 --connections '']
 */
const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '100,1000,5000,10000' },
    lines: { type: 'string', default: '10000,100000,1000000,10000000' },
    'per-second': { type: 'string', default: '200' },
    seconds: { type: 'string', default: '10' },
  },
});
const numbers = (text: string) => text.split(',').filter(Boolean).map(Number);
const CONNECTIONS = numbers(values.connections);
const LINES = numbers(values.lines);
const PER_SECOND = Number(values['per-second']);
const SECONDS = Number(values.seconds);
const QUIET_S = 6;
const ASKED = 300;
const PAGE = 50;
const BATCH = 500;
const SECRET = randomBytes(33).toString('base64url');
const PARTS = { server: /platform-process/, load: /growth\/load\.ts/, database: /postgres/ };
const MEGABYTE = 1_048_576;

const database = await startPostgres({ durable: true });

/** What lives, of which much may be free again in what the process has of the system. */
const held = ({ heapUsed, external }: NodeJS.MemoryUsage) => heapUsed + external;

/** An open order for each of these customers, of restaurants that leave it alone. */
async function openOrders({ sql }: Connection, customers: string[]): Promise<string[]> {
  await sql`SET session_replication_role = replica`;
  const rows = await sql<{ id: string }[]>`
    INSERT INTO orders (status, customer_id, customer_name, restaurant_id, restaurant_name, restaurant_slug,
      pickup, pickup_address, dropoff, dropoff_address, item_count, currency, subtotal, delivery_fee, total,
      prep_minutes, trip_distance_m, time_zone, placed_at, accepted_at, fulfilment, slot_from, slot_to, cook_from,
      promised_from, promised_to, eta_from, eta_to, eta_stage)
    SELECT 'accepted', c.id, 'Customer', r.id, r.name, r.slug, r.location, r.address, r.location, '1 Side Street', 2,
      'EUR', 1800, 200, 2000, 15, 1500, r.time_zone, now(), now(), 'pickup', now() + interval '5 hours',
      now() + interval '6 hours', now() + interval '5 hours', now() + interval '5 hours', now() + interval '6 hours',
      now() + interval '5 hours', now() + interval '6 hours', 'kitchen'
    FROM unnest(${customers}::uuid[]) AS c (id), (SELECT * FROM restaurants ORDER BY id LIMIT 1) r RETURNING id`;
  await sql`SET session_replication_role = origin`;
  await sql`ANALYZE`;
  return rows.map(({ id }) => id);
}

async function withConnections(count: number) {
  const name = 'bench_growth';
  const url = databaseUrl(database.url, name);
  await createDatabase(database.url, name);
  await migrate(url);
  await seedDemoCity(url);
  const connection = connect(url, { max: 1 });
  const people = await openAccounts(connection, 'customer', count, SECRET);
  const orders = await openOrders(
    connection,
    people.map(({ id }) => id),
  );
  await connection.close();
  const server = await startChild('bench/platform-process.ts', [url, SECRET], ['--expose-gc']);
  const load = await startChild('bench/growth/load.ts', [url]);
  const tell = <Answer>(message: ToLoad) => ask<Answer>(load.child, message);
  const memory = () => ask<NodeJS.MemoryUsage>(server.child, 'memory');
  try {
    await wait(2_000);
    const empty = await memory();
    await tell({ ask: 'open', port: server.port, people });
    const full = await memory();
    const cpu = async (seconds: number, work: () => Promise<unknown>) => {
      const before = usedByPart(PARTS);
      await work();
      const after = usedByPart(PARTS);
      return (after.server.cpuSeconds - before.server.cpuSeconds) / seconds;
    };
    const asked = { ask: 'change', orders, perSecond: PER_SECOND } as const;
    await tell({ ...asked, seconds: 4 });
    const idle = await cpu(QUIET_S, () => wait(QUIET_S * 1_000));
    let changed: Changed = { latencies: [], missing: 0 };
    const busy = await cpu(SECONDS, async () => {
      changed = await tell<Changed>({ ...asked, seconds: SECONDS });
    });
    return {
      ...percentiles(`${count} connections: commit → frame`, changed.latencies),
      missing: changed.missing,
      'server idle, of a core': `${(100 * idle).toFixed(1)} %`,
      'µs of it a delivery': Math.round((1e6 * busy) / PER_SECOND),
      'without what idles': Math.round((1e6 * (busy - idle)) / PER_SECOND),
      'KB a connection': ((full.rss - empty.rss) / count / 1_024).toFixed(1),
      'KB in use': ((held(full) - held(empty)) / count / 1_024).toFixed(1),
    };
  } finally {
    await endChild(load.child);
    await endChild(server.child);
    await dropDatabase(database.url, name);
  }
}

async function timed(title: string, work: (n: number) => Promise<unknown>) {
  const taken: number[] = [];
  // The first time plans; the next few fill what is kept in memory.
  for (let n = 0; n < ASKED + 20; n += 1) {
    const startedAt = performance.now();
    await work(n);
    if (n >= 20) taken.push(performance.now() - startedAt);
  }
  return percentiles(title, taken);
}

async function withLines(connection: Connection, lines: number, most: number) {
  const { db, sql } = connection;
  const startedAt = performance.now();
  await lengthenLog(sql, lines, most);
  const [size] = await sql<{ table: number; indexes: number }[]>`
    SELECT pg_table_size('events')::float8 AS table, pg_indexes_size('events')::float8 AS indexes`;
  console.log(
    `${lines} lines: ${((size?.table ?? 0) / MEGABYTE).toFixed(0)} MB, indexes ${((size?.indexes ?? 0) / MEGABYTE).toFixed(0)} MB, written in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`,
  );
  const { orders, customers } = await drawIds(sql, lines, ASKED + 20);
  const drawn = await sql<LogPosition[]>`
    SELECT e.xid::text AS xid, e.position::text AS position FROM events e
    JOIN (SELECT floor(random() * ${lines - 1_000})::bigint + 1 AS position FROM generate_series(1, ${ASKED + 20})) p
      ON p.position = e.position`;
  const placeOf = (n: number) => drawn[n % drawn.length] ?? { xid: '0', position: '0' };
  const [last] = await sql<LogPosition[]>`
    SELECT xid::text AS xid, position::text AS position FROM events ORDER BY events.xid DESC, events.position DESC LIMIT 1`;
  const end = last ?? { xid: '0', position: '0' };
  const begin = { xid: '0', position: '0' };
  const title = (what: string) => `${lines} lines: ${what}`;
  return [
    await timed(title('tail, nothing new'), () => readTail(db, end, BATCH)),
    await timed(title(`any ${BATCH} lines after a place`), (n) =>
      readFeed(db, 'all', placeOf(n), BATCH),
    ),
    await timed(title("a customer's feed from its beginning"), (n) =>
      readFeed(db, { customerId: customers[n] ?? '' }, begin, BATCH),
    ),
    await timed(title("an order's story"), (n) => readStream(db, orders[n] ?? '', 0, BATCH)),
    await timed(title('log page, latest'), () => readLog(db, {}, null, PAGE)),
    await timed(title('log page from a place, a type'), (n) =>
      readLog(db, { type: 'offer.made' }, placeOf(n), PAGE),
    ),
  ];
}

console.log(`load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`);
try {
  const rows = [];
  for (const count of CONNECTIONS) rows.push(await withConnections(count));
  if (rows.length > 0) console.table(rows);
  if (LINES.length > 0) {
    await migrate(database.url);
    const connection = connect(database.url, { max: 1 });
    const most = Math.max(...LINES);
    const found = [];
    for (const lines of LINES) found.push(...(await withLines(connection, lines, most)));
    console.table(found);
    await connection.close();
  }
} finally {
  await database.stop();
}
