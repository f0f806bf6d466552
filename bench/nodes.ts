import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import { v7 as uuidv7 } from 'uuid';
import { WebSocket } from 'ws';
import type { AppRouter } from '@/api/router';
import { encodeToken } from '@/auth/token';
import { DATABASE_DEADLINE_MS } from '@/config/env';
import { migrate } from '@/db/migrate';
import { insertSession } from '@/db/queries/users';
import { startPostgres } from '@/db/testing/real-postgres';
import { destinationPoint } from '@/domain/geo';
import type { Viewer } from '@/domain/roles';
import { decodeMoves, encodeMoves } from '@/realtime/moves-on-wire';
import { startRedis } from '@/relay/testing/redis';
import { freePort } from '@/server/free-port';
import { type Platform, startPlatform } from '@/server/platform';
import { carriedOrder } from '@/services/journey.testing';
import { percentiles } from './percentiles';

/**
 * From what one node has done to the frame at a socket of another: a change committed, and where a driver is;
 * without Redis and with it. The first node and the client are this process, so that one clock measures; the
 * second node is a process of its own. A real PostgreSQL with fsync. Run: npm run bench:nodes
 */
const { values } = parseArgs({
  options: {
    idle: { type: 'string', default: '40' },
    busy: { type: 'string', default: '500' },
    positions: { type: 'string', default: '300' },
    'positions-without': { type: 'string', default: '30' },
  },
});
const SECRET = randomBytes(33).toString('base64url');
/** A tail that has found nothing for a second sleeps. */
const ASLEEP_AFTER_MS = 1_300;
const BUSY_EVERY_MS = 20;
const POSITION_EVERY_MS = 40;
const PATIENCE_MS = 15_000;

/** Settles when what is waited for has come, with the moment. */
class Arrivals {
  #wanted: { is: (frame: string) => boolean; came: (at: number) => void } | null = null;

  take(frame: string): void {
    if (!this.#wanted?.is(frame)) return;
    this.#wanted.came(performance.now());
    this.#wanted = null;
  }

  async next(is: (frame: string) => boolean): Promise<number> {
    const cut = new AbortController();
    const late = wait(PATIENCE_MS, undefined, { signal: cut.signal }).then(() => {
      throw new Error('a frame never came');
    });
    const came = new Promise<number>((resolve) => {
      this.#wanted = { is, came: resolve };
    });
    try {
      return await Promise.race([came, late]);
    } finally {
      cut.abort();
      late.catch(() => undefined);
    }
  }
}

async function startSecond(databaseUrl: string, redisUrl: string | undefined) {
  const port = await freePort();
  const script = ['--import', 'tsx', 'bench/chaos/node.ts', databaseUrl, SECRET, `${port}`];
  const child = spawn(process.execPath, redisUrl ? [...script, redisUrl] : script, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return {
    port,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

const startFirst = (databaseUrl: string, redisUrl: string | undefined) =>
  startPlatform({
    ...{ databaseUrl, redisUrl, secret: SECRET, poolSize: 10, canListen: true },
    ...{ deadlineMs: DATABASE_DEADLINE_MS, cards: { provider: 'off' } },
    onError: (error, where) => console.error(where, error),
    relay: {
      ...{ smtpUrl: undefined, folder: '/nowhere', from: 'Hotfoot <hello@hotfoot.test>' },
      ...{ publicUrl: 'http://hotfoot.test' },
      sinks: { webhooks: { allowPrivate: false, httpsOnly: true } },
      push: { contact: 'mailto:hello@hotfoot.test', allowedHosts: [] },
    },
  });

/** Somebody at the second node, whose frames are handed on as they come. */
async function someone(platform: Platform, port: number, viewer: Viewer, arrivals: Arrivals) {
  const sessionId = uuidv7();
  const expiresAt = new Date(Date.now() + 3_600_000);
  await insertSession(platform.connection.db, { id: sessionId, userId: viewer.userId, expiresAt });
  const token = await encodeToken({ sid: sessionId, sub: viewer.userId }, SECRET, 3_600);
  class Heard extends WebSocket {
    constructor(url: string) {
      super(url);
      this.on('message', (data) => arrivals.take(String(data)));
    }
  }
  const client = createWSClient({
    url: `ws://127.0.0.1:${port}/api/trpc`,
    // The ws package is a browser WebSocket in all that the client uses.
    WebSocket: Heard as unknown as typeof globalThis.WebSocket,
    connectionParams: { token },
  });
  return {
    api: createTRPCClient<AppRouter>({ links: [wsLink({ client })] }),
    close: () => client.close(),
  };
}

async function measure(databaseUrl: string, redisUrl: string | undefined) {
  const how = redisUrl ? 'with Redis' : 'without';
  const first = await startFirst(databaseUrl, redisUrl);
  const second = await startSecond(databaseUrl, redisUrl);
  const { connection, deps } = first;
  const { sql, db } = connection;
  const { town, driver, orderId } = await carriedOrder(db, { last: 'pick_up' });
  const arrivals = new Arrivals();
  const customer = await someone(first, second.port, town.customer, arrivals);
  const started = arrivals.next((frame) => frame.includes('"driverId"'));
  customer.api.orders.watch.subscribe({ orderId }, {});
  customer.api.orders.courier.subscribe({ orderId }, {});
  await started;

  async function change(n: number): Promise<number> {
    const note = `note ${how} ${n}.`;
    const came = arrivals.next((frame) => frame.includes(note));
    await sql`UPDATE orders SET dropoff_note = ${note} WHERE id = ${orderId}`;
    const committedAt = performance.now();
    deps.committed();
    return (await came) - committedAt;
  }
  async function move(n: number): Promise<number> {
    const at = destinationPoint(town.centre, (n * 7) % 360, 300);
    const came = arrivals.next((frame) => frame.includes(`${at.lat}`));
    const heardAt = performance.now();
    deps.positions.record({
      ...{ driverId: driver.userId, at, headingDeg: 90, speedMps: 5, accuracyM: 8 },
      recordedAt: new Date().toISOString(),
    });
    return (await came) - heardAt;
  }
  async function many(count: number, everyMs: number, once: (n: number) => Promise<number>) {
    const took: number[] = [];
    for (let n = 0; n < count; n += 1) {
      await wait(everyMs * (0.75 + Math.random() / 2));
      took.push(await once(n));
    }
    return took;
  }

  await many(20, BUSY_EVERY_MS, change);
  const idle = await many(Number(values.idle), ASLEEP_AFTER_MS, (n) => change(1_000 + n));
  const busy = await many(Number(values.busy), BUSY_EVERY_MS, (n) => change(10_000 + n));
  const moves = Number(redisUrl ? values.positions : values['positions-without']);
  const moved = await many(moves, POSITION_EVERY_MS, move);
  await customer.close();
  await second.stop();
  await first.stop();
  return [
    percentiles(`committed at A → frame from B, log idle, ${how}`, idle),
    percentiles(`committed at A → frame from B, log busy, ${how}`, busy),
    percentiles(`driver at A → frame from B, ${how}`, moved),
  ];
}

/** What a position of another node costs each node besides its frames, microseconds. */
function costOfAMove(): number {
  const recordedAt = new Date().toISOString();
  const positions = Array.from({ length: 500 }, (_, n) => ({
    ...{ driverId: uuidv7(), at: { lat: 37.9 + n / 1e5, lng: -29.6 }, headingDeg: 90.5 },
    ...{ speedMps: 5.25, recordedAt },
  }));
  const words = encodeMoves(positions);
  for (let n = 0; n < 20; n += 1) decodeMoves(words);
  const startedAt = performance.now();
  for (let n = 0; n < 100; n += 1) decodeMoves(words);
  return ((performance.now() - startedAt) * 1_000) / 100 / positions.length;
}

const load = loadavg()[0]?.toFixed(1);
const postgres = await startPostgres({ durable: true });
await migrate(postgres.url);
const redis = await startRedis();
try {
  const rows = [
    ...(await measure(postgres.url, undefined)),
    ...(await measure(postgres.url, redis.url)),
  ];
  console.table(rows);
  console.log(`to take one position of another node: ${costOfAMove().toFixed(1)} µs`);
  console.log(`load ${load} on ${cpus().length} cores before it began`);
} finally {
  await redis[Symbol.asyncDispose]();
  await postgres.stop();
}
