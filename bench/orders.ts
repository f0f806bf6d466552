import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpus, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type postgres from 'postgres';
import { connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { createDatabase, databaseUrl, dropDatabase } from '@/db/testing/databases';
import { startPostgres } from '@/db/testing/real-postgres';
import { ensured } from '@/domain/errors';
import { rabbitInstalled, startRabbit } from '@/relay/testing/rabbitmq';
import { seedDemoCity } from '@/server/demo-city';
import { type Form, INSTALLATION_PARTS, startInstallation } from './installation';
import { ask, endChild, startChild } from './orders/children';
import type { Sent, Target, ToSender } from './orders/sender';
import { type Cart, fillCarts, openAccounts, type Person } from './orders/town';
import { createTables } from './peers/classic/tables';
import type { Commits } from './platform-process';
import { usedByPart } from './processes';
import { COUNTING, countStatements, tellStatements } from './statements';

/**
 * The whole way from an order over HTTP to the frame on its customer's screen: ours beside the classic pipeline
 * of PostgreSQL, RabbitMQ and Socket.IO (`peers/classic`), ours as one process and with its loops in a worker's,
 * theirs with a client's usual settings and with TCP_NODELAY towards its broker; and beside what nobody goes below
 * (`peers/least`). By turns in one run, on one PostgreSQL with fsync, each with an empty database and new
 * processes for each rate; clients in another process, one clock for all.
 * Run: npm run bench:orders [-- --quick]
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    peers: { type: 'string', default: 'hotfoot,hotfoot-worker,classic,classic-nodelay,least' },
    rates: { type: 'string', default: '10,50,200,500' },
    seconds: { type: 'string' },
    /** Rates that are tried one after the other until the p99 is above 100 ms; none: left out. */
    climb: { type: 'string', default: '75,100,125,150,200,300,450,600,800,1000,1300' },
    /** Prints which statements an order of ours takes; what counts them costs a little itself. */
    statements: { type: 'boolean', default: false },
    /** Writes a profile of our process into this folder. */
    profile: { type: 'string' },
  },
});
const { quick } = values;
const numbers = (text: string) => text.split(',').filter(Boolean).map(Number);
const RATES = numbers(values.rates);
const CLIMB = quick ? [] : numbers(values.climb);
const SECONDS = Number(values.seconds ?? (quick ? 4 : 10));
const CLIMB_SECONDS = 5;
const WARM_UP = { perSecond: 50, seconds: quick ? 4 : 6 };
/** For what follows on the orders of the warm-up. */
const REST_MS = 2_000;
/** Most that a rate's p99 may be for the climb to go on, milliseconds. */
const LIMIT_MS = 100;
const CUSTOMERS = 1_000;
const CARTS = 60;
const SECRET = randomBytes(33).toString('base64url');
const TEMPLATE = 'bench_orders_template';
const EMPTY = 'bench_orders_empty';
const USED = 'bench_orders';
const PEERS = values.peers.split(',');
const OURS = new Map<string, Form>([
  ['hotfoot', 'one'],
  ['hotfoot-worker', 'worker'],
]);
/** Servers are told where the database is: they come first. */
const PARTS = {
  ...INSTALLATION_PARTS,
  classic: /peers\/(classic|least)/,
  clients: /orders\/sender\.ts/,
  broker: /rabbit|beam|epmd/,
  database: /postgres/,
};

const rounded = (value: number, digits = 1) => Number(value.toFixed(digits));

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

type Row = {
  peer: string;
  'orders/s': number;
  placed: number;
  'shown p50 ms': number;
  'shown p99 ms': number;
  'answered p50 ms': number;
  'answered p99 ms': number;
  'commit → frame p50 ms': number | null;
  'commit → frame p99 ms': number | null;
  'not shown': number;
  refused: number;
  /** Of processor time for each order, milliseconds. */
  'servers ms': number;
  'worker ms': number;
  'database ms': number;
  'broker ms': number;
  'clients ms': number;
};

const settings = values.statements ? COUNTING : [];
const database = await startPostgres({ durable: true, settings });
const template = databaseUrl(database.url, TEMPLATE);
const empty = databaseUrl(database.url, EMPTY);
const used = databaseUrl(database.url, USED);
const needsBroker = (name: string) => !OURS.has(name) && name !== 'least';
const broker = PEERS.some(needsBroker) && rabbitInstalled() ? await startRabbit() : null;

/** The city with restaurants that never fill up and answer orders themselves, and people who order. */
async function prepareOurs(): Promise<{ people: Person[]; carts: Cart[] }> {
  await createDatabase(database.url, TEMPLATE);
  await migrate(template);
  await seedDemoCity(template);
  const connection = connect(template, { max: 1 });
  await connection.sql`UPDATE restaurants SET auto_accept = false, slot_capacity = 0`;
  const people = await openAccounts(connection, 'customer', CUSTOMERS, SECRET);
  const { child, port } = await startChild('bench/platform-process.ts', [template, SECRET]);
  const carts = await fillCarts(`http://127.0.0.1:${port}`, CARTS);
  await endChild(child);
  await connection.close();
  return { people, carts };
}

async function prepareClassic(carts: readonly Cart[]): Promise<void> {
  await createDatabase(database.url, EMPTY);
  const { sql, close } = connect(empty, { max: 1 });
  await createTables(sql);
  const dishes = new Map(
    carts.flatMap(({ restaurantId, lines }) =>
      lines.map(({ itemId }) => [
        itemId,
        { id: itemId, restaurant_id: restaurantId, name: 'Dish', price: 900 },
      ]),
    ),
  );
  await sql`INSERT INTO dishes ${sql([...dishes.values()])}`;
  await close();
}

type Running = { target: Target; platform: ChildProcess | null; stop(): Promise<void> };

async function startOurs(
  form: Form,
  { people, carts }: { people: Person[]; carts: Cart[] },
): Promise<Running> {
  await createDatabase(database.url, USED, TEMPLATE);
  const { profile } = values;
  const node = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  const { ports, nodes, stop } = await startInstallation(form, {
    ...{ databaseUrl: used, secret: SECRET, node },
  });
  const port = ensured(ports[0], 'a node');
  const http = { port, path: '/api/trpc/orders.place' };
  const cookies = people.map(({ cookie }) => cookie);
  const target: Target = { peer: 'hotfoot', http, screenPort: port, cookies, carts };
  return { target, platform: nodes[0] ?? null, stop };
}

async function startClassic(name: string, carts: Cart[]): Promise<Running> {
  const { url } = ensured(broker, 'RabbitMQ');
  const nagle = name === 'classic-nodelay' ? 'nodelay' : 'usual';
  await createDatabase(database.url, USED, EMPTY);
  const realtime = await startChild('bench/peers/classic/realtime.ts', [url, nagle]);
  const api = await startChild('bench/peers/classic/api.ts', [used, url, nagle]);
  const target: Target = {
    ...{ peer: 'classic', http: { port: api.port, path: '/orders' }, screenPort: realtime.port },
    ...{ cookies: Array<null>(CUSTOMERS).fill(null), carts },
  };
  const stop = async () => {
    await endChild(api.child);
    await endChild(realtime.child);
  };
  return { target, platform: null, stop };
}

async function startLeast(carts: Cart[]): Promise<Running> {
  await createDatabase(database.url, USED, EMPTY);
  const { child, port } = await startChild('bench/peers/least.ts', [used]);
  const target: Target = {
    ...{ peer: 'least', http: { port, path: '/orders' }, screenPort: port, carts },
    cookies: Array<null>(CUSTOMERS).fill(null),
  };
  return { target, platform: null, stop: () => endChild(child) };
}

function startPeer(peer: string): Promise<Running> {
  const form = OURS.get(peer);
  if (form) return startOurs(form, ours);
  return peer === 'least' ? startLeast(ours.carts) : startClassic(peer, ours.carts);
}

const ours = await prepareOurs();
if (PEERS.some((name) => !OURS.has(name))) await prepareClassic(ours.carts);

async function aboutStatements(tell: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  if (!values.statements) return;
  const { sql, close } = connect(used, { max: 1 });
  await tell(sql);
  await close();
}

async function measure(peer: string, perSecond: number, seconds: number): Promise<Row> {
  const running = await startPeer(peer);
  const { child: sender } = await startChild('bench/orders/sender.ts');
  const tell = <Answer>(message: ToSender) => ask<Answer>(sender, message);
  try {
    await tell({ ask: 'open', target: running.target });
    await tell({ ask: 'run', ...WARM_UP });
    await wait(REST_MS);
    if (running.platform) await ask<Commits>(running.platform, 'commits');
    if (running.platform) await aboutStatements(countStatements);
    const before = usedByPart(PARTS);
    const { orders, refused } = await tell<Sent>({ ask: 'run', perSecond, seconds });
    const after = usedByPart(PARTS);
    const commits = new Map(
      running.platform ? await ask<Commits>(running.platform, 'commits') : [],
    );
    if (running.platform) await aboutStatements((sql) => tellStatements(sql, orders.length));
    const shown = orders.flatMap(({ sentAt, shownAt }) => (shownAt ? [shownAt - sentAt] : []));
    const answered = orders.map(({ sentAt, answeredAt }) => answeredAt - sentAt);
    const fromCommit = orders.flatMap(({ id, shownAt }) => {
      const at = commits.get(id);
      return at && shownAt ? [shownAt - at] : [];
    });
    const each = (...parts: (keyof typeof PARTS)[]) => {
      const seconds = parts.map((part) => after[part].cpuSeconds - before[part].cpuSeconds);
      return rounded((seconds.reduce((sum, one) => sum + one, 0) * 1_000) / orders.length, 2);
    };
    const ms = (of: number[], share: number) => rounded(percentile(of, share));
    return {
      ...{ peer, 'orders/s': perSecond, placed: orders.length },
      ...{ 'shown p50 ms': ms(shown, 0.5), 'shown p99 ms': ms(shown, 0.99) },
      ...{ 'answered p50 ms': ms(answered, 0.5), 'answered p99 ms': ms(answered, 0.99) },
      'commit → frame p50 ms': fromCommit.length > 0 ? ms(fromCommit, 0.5) : null,
      'commit → frame p99 ms': fromCommit.length > 0 ? ms(fromCommit, 0.99) : null,
      ...{ 'not shown': orders.length - shown.length, refused },
      ...{ 'servers ms': each('server', 'classic'), 'worker ms': each('worker') },
      ...{
        'database ms': each('database'),
        'broker ms': each('broker', 'redis'),
        'clients ms': each('clients'),
      },
    };
  } finally {
    await endChild(sender);
    await running.stop();
    await dropDatabase(database.url, USED);
  }
}

async function keepsUp(peer: string, perSecond: number): Promise<boolean> {
  const row = await measure(peer, perSecond, CLIMB_SECONDS);
  const p99 = row['shown p99 ms'];
  console.log(`  ${peer} ${perSecond}/s: p99 ${p99} ms, ${row['not shown']} not shown`);
  return p99 <= LIMIT_MS && row['not shown'] + row.refused === 0;
}

/**
 * The highest rate tried at which the p99 keeps within its limit, and that at which it does not: neither the
 * first time nor the second, since anything else on the machine can spoil one.
 */
async function climb(peer: string): Promise<string> {
  let kept = 0;
  for (const perSecond of CLIMB) {
    if (!(await keepsUp(peer, perSecond)) && !(await keepsUp(peer, perSecond))) {
      return `${peer}: p99 within ${LIMIT_MS} ms at ${kept} orders/s, not at ${perSecond}`;
    }
    kept = perSecond;
  }
  return `${peer}: p99 within ${LIMIT_MS} ms at ${kept} orders/s and all below`;
}

console.log(`load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`);
const peers = PEERS.filter((name) => broker || !needsBroker(name));
if (peers.length < PEERS.length) console.log('RabbitMQ is not installed here');
try {
  for (const perSecond of RATES) {
    const rows: Row[] = [];
    for (const peer of peers) rows.push(await measure(peer, perSecond, SECONDS));
    console.log(`\n${perSecond} orders/s`);
    console.table(rows);
    const [first, ...others] = rows;
    for (const other of first ? others : []) {
      const ratio = (of: 'shown p50 ms' | 'shown p99 ms') =>
        rounded(ensured(first, 'ours')[of] / other[of], 2);
      console.log(
        `${peers[0]}: ${ratio('shown p50 ms')} times the median of ${other.peer}, ${ratio('shown p99 ms')} times its p99`,
      );
    }
  }
  if (CLIMB.length > 0) {
    const lines: string[] = [];
    for (const peer of peers) lines.push(await climb(peer));
    console.log(`\n${lines.join('\n')}`);
  }
} finally {
  await broker?.[Symbol.asyncDispose]();
  await database.stop();
}
