import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { encodeToken } from '@/auth/token';
import { type Connection, connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { availableDrivers } from '@/db/queries/available-drivers';
import { keepBreadcrumbs } from '@/db/queries/drivers';
import { createDatabase, databaseUrl, dropDatabase } from '@/db/testing/databases';
import { startPostgres } from '@/db/testing/real-postgres';
import { ensured } from '@/domain/errors';
import { fillWithDrivers } from './many-drivers';
import { percentiles } from './percentiles';
import { Device, type Tally } from './positions/device';

/**
 * Positions from ws frames to database rows, latest and history: a fix a frame, a driver a connection, each
 * answered once it is written. The server process has core 0 to itself; a real PostgreSQL with fsync and
 * the devices share core 1. Batched as served, then in one statement each. Run: npm run bench:positions
 */
const { values } = parseArgs({
  options: {
    drivers: { type: 'string', default: '4000' },
    window: { type: 'string', default: '2' },
    seconds: { type: 'string', default: '15' },
    'server-core': { type: 'string', default: '0' },
    'other-core': { type: 'string', default: '1' },
  },
});
const SECONDS = Number(values.seconds);
const WARM_UP_MS = 4_000;
const SECRET = randomBytes(33).toString('base64url');

type Usage = { cpu: NodeJS.CpuUsage; rss: number };

async function ask<T>(server: ChildProcess, message: string): Promise<T> {
  const answer = once(server, 'message');
  server.send(message);
  return (await answer)[0];
}

async function startServer(
  url: string,
  how: string,
): Promise<{ server: ChildProcess; port: number }> {
  const script = [
    process.execPath,
    '--import',
    'tsx',
    'bench/positions/server.ts',
    url,
    SECRET,
    how,
  ];
  const server = spawn('taskset', ['-c', values['server-core'], ...script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ port }] = await once(server, 'message');
  return { server, port };
}

/** A session, and its token, for each driver. */
async function tokensOf({ sql }: Connection): Promise<{ driverId: string; token: string }[]> {
  const sessions = await sql<{ sid: string; sub: string }[]>`
    INSERT INTO sessions (user_id, expires_at)
    SELECT user_id, now() + interval '1 day' FROM drivers RETURNING id AS sid, user_id AS sub`;
  return Promise.all(
    sessions.map(async ({ sid, sub }) => ({
      driverId: sub,
      token: await encodeToken({ sid, sub }, SECRET, 86_400),
    })),
  );
}

const countsOf = async ({ sql }: Connection) => {
  const [row] = await sql<{ crumbs: number; latest: number }[]>`
    SELECT (SELECT count(*) FROM breadcrumbs)::int AS crumbs,
      (SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'driver_positions')::int AS latest`;
  return ensured(row, 'the counts');
};

async function measure(url: string, how: 'batched' | 'each') {
  const connection = connect(url, { max: 1 });
  await connection.sql`TRUNCATE sessions CASCADE`;
  await connection.sql`TRUNCATE breadcrumbs`;
  await connection.sql`UPDATE driver_positions SET recorded_at = now() - interval '1 minute'`;
  await keepBreadcrumbs(connection.db, new Date(), 14);
  const tokens = await tokensOf(connection);
  const drivers = await availableDrivers(connection.db);
  const places = new Map(drivers.map(({ driverId, at }) => [driverId, at]));
  const { server, port } = await startServer(url, how);
  const tally: Tally = { answered: 0, dropped: 0, latencies: [] };
  const devices: Device[] = [];
  for (const { driverId, token } of tokens) {
    devices.push(await Device.open(port, token, ensured(places.get(driverId), 'a place'), tally));
  }
  for (const device of devices) device.start(Number(values.window));
  await wait(WARM_UP_MS);
  tally.latencies.length = 0;
  const before = { answered: tally.answered, usage: await ask<Usage>(server, 'usage') };
  const rowsBefore = await countsOf(connection);
  const startedAt = performance.now();
  await wait(SECONDS * 1_000);
  const seconds = (performance.now() - startedAt) / 1_000;
  const answered = tally.answered - before.answered;
  const { cpu, rss } = await ask<Usage>(server, 'usage');
  const rowsAfter = await countsOf(connection);
  const latencies = [...tally.latencies];
  for (const device of devices) device.stop();
  while (await settles(tally));
  const { crumbs } = await countsOf(connection);
  for (const device of devices) device.close();
  const exited = once(server, 'exit');
  server.send('stop');
  await exited;
  await connection.close();
  const used = (cpu.user + cpu.system - before.usage.cpu.user - before.usage.cpu.system) / 1e6;
  return {
    latencies: percentiles(`${how}: frame sent → answered, written`, latencies),
    row: {
      measured: how,
      'positions a second': Math.round(answered / seconds),
      'history rows a second': Math.round((rowsAfter.crumbs - rowsBefore.crumbs) / seconds),
      'core used': `${Math.round((100 * used) / seconds)} %`,
      'µs of the core each': Math.round((1e6 * used) / answered),
      'memory MB': Math.round(rss / 1e6),
      dropped: tally.dropped,
      'answered, in all': tally.answered,
      'in the history, in all': crumbs,
    },
  };
}

/** True while answers still come in. */
async function settles(tally: Tally): Promise<boolean> {
  const { answered } = tally;
  await wait(1_000);
  return tally.answered !== answered;
}

// Everything that this process starts stays on the other core, but for the server.
execFileSync('taskset', ['-acp', values['other-core'], `${process.pid}`], { stdio: 'ignore' });
const DATABASE = 'hotfoot_bench_positions';
const postgres = await startPostgres({ durable: true });
const url = databaseUrl(postgres.url, DATABASE);
try {
  await createDatabase(postgres.url, DATABASE);
  await migrate(url);
  const connection = connect(url, { max: 1 });
  await fillWithDrivers(connection.sql, Number(values.drivers));
  await connection.close();
  // Batched first: what statements of their own leave behind to be vacuumed is theirs to bear.
  const batched = await measure(url, 'batched');
  const each = await measure(url, 'each');
  console.table([batched.row, each.row]);
  console.table([batched.latencies, each.latencies]);
  const ratio = batched.row['positions a second'] / each.row['positions a second'];
  console.log(`batched takes ${ratio.toFixed(1)} times as many`);
} finally {
  await dropDatabase(postgres.url, DATABASE);
  await postgres.stop();
}
