import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { encodeToken } from '@/auth/token';
import { inheritedEnvironment } from '@/config/process-env';
import { connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { startPostgres } from '@/db/testing/real-postgres';
import { makeTown } from '@/db/testing/town';
import { freePort } from '@/server/free-port';
import { placeTestOrder } from '@/services/testing';
import { NODE } from '../e2e/support/start-server';
import { percentiles } from './percentiles';
import { usedByPart } from './processes';
import { Tab, type Tally } from './restart/tab';

/**
 * How soon the open pages of 5,000 customers are live again when their only node is restarted, by SIGTERM and by
 * kill -9, and whether anything of their orders is missed: the built app with its pages, a PostgreSQL with fsync.
 * Each customer's page has a socket with two subscriptions, and comes from an address of its own, as behind a
 * proxy. The node leaves the rounds to a worker that is not there. Needs 5,000 file descriptors twice.
 * Run: npm run bench:restart
 */
const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '5000' },
    /** `on`: the node runs the rounds, too, and has 5,000 open orders to estimate while it starts. */
    loops: { type: 'string', default: 'off' },
    /** Writes profiles of the nodes that end by SIGTERM into this folder. */
    profile: { type: 'string' },
  },
});
const CLIENTS = Number(values.clients);
const OPENING_AT_ONCE = 100;
/** So many orders change while the node is away. */
const CHANGED = Math.min(500, CLIENTS);
const PATIENCE_MS = 120_000;
const SECRET = randomBytes(33).toString('base64url');
const DATA_DIR = mkdtempSync(join(tmpdir(), 'hotfoot-restart-'));

/** Of this machine; the clients are this process. */
const PARTS = { pages: /next/, node: /server\/main\.ts/, database: /postgres/ };

/** Seconds of a processor that each part has used by now. */
function used(): Record<string, number> {
  const parts = Object.entries(usedByPart(PARTS)).map(([name, part]) => [name, part.cpuSeconds]);
  const { user, system } = process.cpuUsage();
  return { ...Object.fromEntries(parts), clients: (user + system) / 1e6 };
}

/** The node; settles with its process once it listens and its pages are there. */
async function startNode(databaseUrl: string, port: number): Promise<ChildProcess> {
  const { profile } = values;
  const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  const child = spawn(process.execPath, [...profiling, ...NODE, 'src/server/main.ts'], {
    env: {
      ...inheritedEnvironment(),
      ...{ DATABASE_URL: databaseUrl, AUTH_SECRET: SECRET, DATA_DIR, DEMO: 'off', CARDS: 'off' },
      ...{ PORT: `${port}`, HOST: '127.0.0.1', LOG_LEVEL: 'warn', LOOPS: values.loops },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('Hotfoot is ready')) resolve();
      else if (line.startsWith('{')) console.log(line);
    });
    child.once('exit', (code) => reject(new Error(`the node ended with ${code}`)));
  });
  return child;
}

/** Customers with an order each that is being cooked, written past the triggers, and a session. */
async function fill(databaseUrl: string): Promise<{ orderId: string; cookie: string }[]> {
  const connection = connect(databaseUrl, { max: 2 });
  const { sql, db } = connection;
  const town = await makeTown(db);
  const orderId = await placeTestOrder(db, town);
  const [row] = await sql<{ columns: string }[]>`
    SELECT string_agg(quote_ident(attname), ', ') AS columns FROM pg_attribute
    WHERE attrelid = 'orders'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      AND attname NOT IN ('id', 'number', 'customer_id', 'status')`;
  const columns = row?.columns ?? '';
  await sql.begin(async (tx) => {
    await tx`SET LOCAL session_replication_role = replica`;
    await tx`
      INSERT INTO users (email, name, role, password_hash)
      SELECT 'restart-' || n || '@hotfoot.test', 'Cora ' || n, 'customer', 'none'
      FROM generate_series(1, ${CLIENTS}::int) n`;
    await tx.unsafe(`INSERT INTO orders (${columns}, customer_id, status)
      SELECT ${columns}, customer, 'preparing' FROM orders,
        (SELECT u.id AS customer FROM users u WHERE u.email LIKE 'restart-%') customers
      WHERE id = '${orderId}'`);
  });
  await sql`UPDATE orders SET dropoff_note = 'begun' WHERE status = 'preparing'`;
  const sessions = await sql<{ sid: string; sub: string; orderId: string }[]>`
    INSERT INTO sessions (user_id, expires_at)
    SELECT customer_id, now() + interval '1 day' FROM orders WHERE status = 'preparing'
    RETURNING id AS sid, user_id AS sub,
      (SELECT o.id FROM orders o WHERE o.customer_id = user_id) AS "orderId"`;
  await sql`ANALYZE`;
  await connection.close();
  return Promise.all(
    sessions.map(async ({ sid, sub, orderId: id }) => ({
      orderId: id,
      cookie: `next-auth.session-token=${await encodeToken({ sid, sub }, SECRET, 86_400)}`,
    })),
  );
}

async function until(done: () => boolean, what: string): Promise<void> {
  for (const startedAt = performance.now(); !done(); await wait(10)) {
    if (performance.now() - startedAt > PATIENCE_MS) throw new Error(`waited in vain for ${what}`);
  }
}

const load = loadavg()[0]?.toFixed(1);
const postgres = await startPostgres({ durable: true });
await migrate(postgres.url);
const customers = await fill(postgres.url);
const { sql, close } = connect(postgres.url, { max: 1 });
const port = await freePort();
let node = await startNode(postgres.url, port);
const tally: Tally = { failed: new Map(), resyncs: 0, gaps: 0, errors: 0 };
const tabs = customers.map(({ orderId, cookie }, n) => {
  const address = `10.0.${Math.floor(n / 250)}.${1 + (n % 250)}`;
  return new Tab(port, address, cookie, orderId, tally);
});
for (let from = 0; from < tabs.length; from += OPENING_AT_ONCE) {
  const some = tabs.slice(from, from + OPENING_AT_ONCE);
  for (const tab of some) tab.open();
  await until(() => some.every((tab) => tab.subscribedAt !== null && tab.version > 0), 'the tabs');
}

async function restart(signal: 'SIGTERM' | 'SIGKILL') {
  tally.failed.clear();
  const versions = new Map(tabs.map(({ orderId, version }) => [orderId, version]));
  const exited = once(node, 'exit');
  const killedAt = performance.now();
  node.kill(signal);
  await exited;
  const goneAt = performance.now();
  const starting = startNode(postgres.url, port);
  const changed = tabs.slice(0, CHANGED).map(({ orderId }) => orderId);
  await sql`UPDATE orders SET dropoff_note = ${`while away ${signal}`} WHERE id IN ${sql(changed)}`;
  node = await starting;
  const readyAt = performance.now();
  const before = used();
  const isBack = (tab: Tab) => (tab.subscribedAt ?? 0) > goneAt;
  await until(() => tabs.every(isBack), 'all tabs to be back');
  const backAt = performance.now();
  const processor = Object.entries(used()).map(
    ([part, now]) => `${part} ${(now - (before[part] ?? 0)).toFixed(1)} s`,
  );
  const since = (from: number) => tabs.map(({ subscribedAt }) => (subscribedAt ?? 0) - from);
  await sql`UPDATE orders SET dropoff_note = ${`back after ${signal}`} WHERE status = 'preparing'`;
  const expected = ({ orderId }: Tab, n: number) =>
    (versions.get(orderId) ?? 0) + (n < CHANGED ? 2 : 1);
  await until(() => tabs.every((tab, n) => tab.version >= expected(tab, n)), 'every change');
  console.table([
    percentiles(`${signal} → live again`, since(killedAt)),
    percentiles(`${signal}, process gone → live again`, since(goneAt)),
  ]);
  const seconds = (from: number, to: number) => `${((to - from) / 1_000).toFixed(1)} s`;
  console.log(
    `gone after ${seconds(killedAt, goneAt)}, ready again ${seconds(goneAt, readyAt)} later;`,
    `connections that failed: ${JSON.stringify(Object.fromEntries(tally.failed))};`,
    `resyncs ${tally.resyncs}, gaps ${tally.gaps}, errors ${tally.errors};`,
    `of two cores in the ${seconds(readyAt, backAt)} since: ${processor.join(', ')}`,
  );
}

try {
  await restart('SIGTERM');
  await restart('SIGKILL');
  console.log(`${CLIENTS} tabs, load ${load} on ${cpus().length} cores before it began`);
} finally {
  for (const tab of tabs) tab.close();
  const exited = once(node, 'exit');
  node.kill('SIGTERM');
  await exited;
  await close();
  await postgres.stop();
  rmSync(DATA_DIR, { recursive: true, force: true });
}
process.exit(0);
