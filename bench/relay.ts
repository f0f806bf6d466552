import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { eq } from 'drizzle-orm';
import { type Connection, connect } from '@/db/client';
import { migrate } from '@/db/migrate';
import { readFeed } from '@/db/queries/events';
import { relayDestinations } from '@/db/schema';
import { createDatabase, databaseUrl, dropDatabase } from '@/db/testing/databases';
import { startPostgres } from '@/db/testing/real-postgres';
import { makeTown } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { openSinks } from '@/relay/open-sinks';
import type { Sink, Sinks } from '@/relay/sink';
import { rabbitInstalled, startRabbit } from '@/relay/testing/rabbitmq';
import { redisInstalled, startRedis } from '@/relay/testing/redis';
import { keepBrokers } from '@/services/keep-brokers';
import { makeWebhook, relayOnce, TEST_SECRET } from '@/services/relay.testing';
import { contextOf } from '@/services/testing';

/**
 * How many events a second one destination gets: a webhook, a RabbitMQ, a Redis, each on loopback, from a log
 * on a real PostgreSQL with fsync. Beside it, the limit: the sink alone, which is handed the same events
 * without log, lease and delivery log. Run: npm run bench:relay
 */

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '2000' },
    sinks: { type: 'string', default: 'webhook,amqp,redis' },
  },
});
const EVENTS = Number(values.events);
const BEGIN = { xid: '0', position: '0' };
const webhooks = { allowPrivate: true, httpsOnly: false };

/** Takes whatever is posted, and counts connections. */
async function startTaker() {
  const counts = { connections: 0 };
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(204).end());
  });
  server.on('connection', () => {
    counts.connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${port}/`, counts, stop };
}

/** Events of one restaurant, each of a commit of its own as in life. */
async function writeEvents({ db, sql }: Connection): Promise<void> {
  const { restaurantId } = await makeTown(db);
  for (let n = 0; n < EVENTS; n += 1) {
    await sql`UPDATE restaurants SET prep_minutes = ${5 + (n % 2)} WHERE id = ${restaurantId}`;
  }
}

const perSecond = (count: number, startedAt: number): number =>
  count / ((performance.now() - startedAt) / 1_000);

/** The sink's own pace with the events of the log. */
async function sinkAlone({ db }: Connection, sink: Sink): Promise<number> {
  const events = (await readFeed(db, 'all', BEGIN, EVENTS)).map(({ event }) => event);
  const signal = new AbortController().signal;
  const startedAt = performance.now();
  for (let n = 0; n < events.length; n += sink.batch) {
    const { kind } = await sink.deliver(events.slice(n, n + sink.batch), signal);
    if (kind !== 'delivered') throw new Error(`the sink alone: ${kind}`);
  }
  return perSecond(events.length, startedAt);
}

/** The relay's pace from the first event of the log to the last. */
async function relayed({ db, sql }: Connection, sinks: Sinks, id: string): Promise<number> {
  await sql`UPDATE relay_destinations SET xid = '0', position = 0 WHERE id = ${id}`;
  const last = ensured((await readFeed(db, 'all', BEGIN, 1_000_000)).at(-1), 'an event').place;
  const startedAt = performance.now();
  for (;;) {
    await relayOnce(db, sinks);
    const [now] = await sql`SELECT position::text AS at, last_error FROM relay_destinations`;
    if (now?.last_error) throw new Error(String(now.last_error));
    if (now?.at === last.position) break;
  }
  const [row] = await sql<{ n: number }[]>`SELECT count(*)::int AS n FROM events`;
  return perSecond(row?.n ?? 0, startedAt);
}

type Open = { sinks: Sinks; sink: Sink; id: string; note?: () => string; stop(): Promise<void> };

async function openWebhook({ db }: Connection): Promise<Open> {
  const taker = await startTaker();
  const sinks = openSinks({ webhooks });
  const id = await makeWebhook(db, { url: taker.url });
  const sink = sinks.webhooks.sink({ url: taker.url, secrets: [TEST_SECRET] });
  const note = () => `${taker.counts.connections} connections`;
  return { sinks, sink, id, note, stop: taker.stop };
}

async function openBroker({ db }: Connection, kind: 'amqp' | 'redis'): Promise<Open> {
  const broker = kind === 'amqp' ? await startRabbit() : await startRedis();
  const address = kind === 'amqp' ? { amqpUrl: broker.url } : { redisStreamUrl: broker.url };
  const sinks = openSinks({ webhooks, ...address });
  await keepBrokers(contextOf(db, 'relay'), sinks);
  const [row] = await db.select().from(relayDestinations).where(eq(relayDestinations.kind, kind));
  const sink = ensured(sinks.brokers[kind], 'the broker');
  const stop = async () => {
    await sink.close();
    await broker[Symbol.asyncDispose]();
  };
  return { sinks, sink, id: ensured(row, 'its destination').id, stop };
}

async function measure(connection: Connection, name: string) {
  const { sinks, sink, id, note, stop } =
    name === 'webhook'
      ? await openWebhook(connection)
      : await openBroker(connection, name === 'amqp' ? 'amqp' : 'redis');
  try {
    const alone = await sinkAlone(connection, sink);
    const pace = await relayed(connection, sinks, id);
    return {
      destination: name,
      'relayed/s': pace.toFixed(0),
      'sink alone/s': alone.toFixed(0),
      'of the limit': `${((100 * pace) / alone).toFixed(0)} %`,
      note: note?.() ?? '',
    };
  } finally {
    await stop();
    await connection.db.delete(relayDestinations);
  }
}

const isInstalled = (name: string): boolean =>
  name === 'webhook' || (name === 'amqp' ? rabbitInstalled() : redisInstalled());

const DATABASE = 'hotfoot_bench_relay';
const server = await startPostgres({ durable: true });
const url = databaseUrl(server.url, DATABASE);
try {
  await createDatabase(server.url, DATABASE);
  await migrate(url);
  const connection = connect(url, { max: 4 });
  await writeEvents(connection);
  console.log(`${EVENTS} events, load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`);
  const rows = [];
  for (const name of values.sinks.split(',')) {
    if (isInstalled(name)) rows.push(await measure(connection, name));
    else console.log(`${name} is not installed here`);
  }
  console.table(rows);
  await connection.close();
} finally {
  await dropDatabase(server.url, DATABASE);
  await server.stop();
}
