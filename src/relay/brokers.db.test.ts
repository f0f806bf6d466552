import { connect } from 'amqplib';
import { sql } from 'drizzle-orm';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { relayDestinations } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import type { LogEvent } from '@/domain/events';
import { keepBrokers } from '@/services/keep-brokers';
import { relayOnce } from '@/services/relay.testing';
import { contextOf, placeTestOrder } from '@/services/testing';
import { AMQP_EXCHANGE, amqpSink } from './amqp';
import { openSinks } from './open-sinks';
import { REDIS_STREAM, redisStreamSink } from './redis-streams';
import type { Sinks } from './sink';
import { rabbitInstalled, startRabbit } from './testing/rabbitmq';
import { redisInstalled, startRedis } from './testing/redis';
import { silentServer } from './testing/silent-server';

const database = testDatabase();
const db = () => database.connection.db;

if (!rabbitInstalled()) console.warn('  RabbitMQ is not tested: apt-get install rabbitmq-server');
if (!redisInstalled()) console.warn('  Redis is not tested: apt-get install redis-server');

const webhooks = { allowPrivate: false, httpsOnly: true };
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

let close: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of close.splice(0)) await end();
});
beforeEach(async () => {
  close = [];
  await db().delete(relayDestinations);
});

async function begin(sinks: Sinks): Promise<Sinks> {
  close.push(async () => {
    await Promise.all(Object.values(sinks.brokers).map((sink) => sink.close()));
  });
  await keepBrokers(contextOf(db(), 'relay'), sinks);
  return sinks;
}

async function someOrders(count: number): Promise<{ id: string; type: string }[]> {
  const all = () =>
    db().execute<{ id: string; type: string }>(sql`
      SELECT xid::text || '.' || position AS id, type FROM events ORDER BY events.xid, events.position`);
  const before = (await all()).length;
  const town = await makeTown(db(), { autoAccept: true });
  for (let n = 0; n < count; n += 1) await placeTestOrder(db(), town);
  return [...(await all())].slice(before);
}

describe.runIf(rabbitInstalled())('RabbitMQ', () => {
  /** A durable queue that gets what is routed to it. */
  async function bound(url: string, queue: string, pattern: string) {
    const connection = await connect(url);
    const channel = await connection.createChannel();
    await channel.assertExchange(AMQP_EXCHANGE, 'topic', { durable: true });
    await channel.assertQueue(queue, { durable: true });
    await channel.bindQueue(queue, AMQP_EXCHANGE, pattern);
    await connection.close();
  }

  async function drained(url: string, queue: string) {
    const connection = await connect(url);
    const channel = await connection.createChannel();
    const messages = [];
    for (;;) {
      const message = await channel.get(queue, { noAck: true });
      if (!message) break;
      messages.push(message);
    }
    await connection.close();
    return messages;
  }

  it('gets every event once, in order, persistent and confirmed, by its type', {
    timeout: 90_000,
  }, async () => {
    await using rabbit = await startRabbit();
    const sinks = await begin(openSinks({ webhooks, amqpUrl: rabbit.url }));
    await bound(rabbit.url, 'all', '#');
    await bound(rabbit.url, 'placed', 'order.placed');
    const events = await someOrders(30);
    await relayOnce(db(), sinks);
    const messages = await drained(rabbit.url, 'all');
    expect(messages.map(({ properties }) => properties.messageId)).toEqual(
      events.map(({ id }) => id),
    );
    const placed = await drained(rabbit.url, 'placed');
    expect(placed).toHaveLength(30);
    const [first] = placed;
    expect(first?.properties).toMatchObject({
      ...{ deliveryMode: 2, type: 'order.placed', contentType: 'application/json' },
    });
    const event = JSON.parse(String(first?.content)) as LogEvent;
    expect(event).toMatchObject({ type: 'order.placed', data: { order: { pin: null } } });
  });

  it('that was killed gets what it missed when it is back, and events published before are still there', {
    timeout: 120_000,
  }, async () => {
    await using rabbit = await startRabbit();
    const sinks = await begin(openSinks({ webhooks, amqpUrl: rabbit.url }));
    await bound(rabbit.url, 'all', '#');
    const before = await someOrders(2);
    await relayOnce(db(), sinks);
    await rabbit.kill();
    const missed = await someOrders(2);
    await relayOnce(db(), sinks, { now: inHours(1) });
    const [destination] = await db().select().from(relayDestinations);
    expect(destination).toMatchObject({ kind: 'amqp', attempts: 1 });
    expect(destination?.lastError).toMatch(/ECONNREFUSED|closed|ended/i);
    expect(await sinks.brokers.amqp?.check()).toMatchObject({ ok: false });
    await rabbit.restart();
    // As its readers do when they come back.
    await bound(rabbit.url, 'all', '#');
    await relayOnce(db(), sinks, { now: inHours(2) });
    const [again] = await db().select().from(relayDestinations);
    expect(again).toMatchObject({ attempts: 0, lastError: null });
    // The first goes alone after a failure; the rest follows in the next part.
    const ids = (await drained(rabbit.url, 'all')).map(({ properties }) => properties.messageId);
    expect(ids).toEqual([...before, ...missed].map(({ id }) => id));
    expect(await sinks.brokers.amqp?.check()).toMatchObject({ ok: true });
  });
});

describe.runIf(redisInstalled())('Redis', () => {
  async function entries(url: string) {
    const redis = new Redis(url);
    try {
      const read = await redis.xrange(REDIS_STREAM, '-', '+');
      return read.map(([, fields]) => {
        const pairs = fields.flatMap((field, n) => (n % 2 ? [] : [[field, fields[n + 1]]]));
        return Object.fromEntries(pairs) as Record<string, string>;
      });
    } finally {
      redis.disconnect();
    }
  }

  it('gets every event once, in order, and what it missed while it was away', async () => {
    await using redis = await startRedis();
    const sinks = await begin(openSinks({ webhooks, redisStreamUrl: redis.url }));
    const before = await someOrders(30);
    await relayOnce(db(), sinks);
    expect((await entries(redis.url)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    await redis.kill();
    const missed = await someOrders(2);
    await relayOnce(db(), sinks, { now: inHours(1) });
    await redis.restart();
    await relayOnce(db(), sinks, { now: inHours(2) });
    const all = await entries(redis.url);
    expect(all.map(({ id }) => id)).toEqual([...before, ...missed].map(({ id }) => id));
    const event = JSON.parse(all.at(-1)?.event ?? '') as LogEvent;
    expect(event.id).toBe(missed.at(-1)?.id);
  });

  it('whose key is no stream says so, and gets nothing', async () => {
    await using redis = await startRedis();
    const client = new Redis(redis.url);
    await client.set(REDIS_STREAM, 'mine');
    client.disconnect();
    const sinks = await begin(openSinks({ webhooks, redisStreamUrl: redis.url }));
    await someOrders(1);
    await relayOnce(db(), sinks);
    const [destination] = await db().select().from(relayDestinations);
    expect(destination?.lastError).toMatch(/WRONGTYPE/);
    expect(await sinks.brokers.redis?.check()).toMatchObject({ ok: false });
  });
});

describe('a broker that takes connections and says nothing', () => {
  it.each([
    ['amqp', amqpSink, 'amqp'],
    ['redis', redisStreamSink, 'redis'],
  ] as const)('%s: is left at the deadline', async (_, open, scheme) => {
    await using silent = await silentServer();
    const sink = open(`${scheme}://127.0.0.1:${silent.port}`);
    const startedAt = performance.now();
    const event = { id: '1.1', type: 'order.placed', at: new Date().toISOString(), data: {} };
    const result = await sink.deliver([event as LogEvent], AbortSignal.timeout(300));
    expect(result.kind).toBe('failed');
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    await sink.close();
  });
});
