import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import type { DriverPosition } from '@/domain/driver';
import type { LiveMessage } from '@/domain/events';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import type { OrderView } from '@/domain/views';
import { redisInstalled, startRedis } from '@/relay/testing/redis';
import { carriedOrder, takeStep } from '@/services/journey.testing';
import type { Health } from './health';
import { nginxInstalled, startNginx } from './nginx.testing';
import { connectClient, startServer, tokenOf, watch } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

if (!redisInstalled()) console.warn('  Redis is not tested: apt-get install redis-server');

type Client = ReturnType<typeof connectClient>['api'];
type Node = Awaited<ReturnType<typeof startServer>>;
type Told = { id: string; data: LiveMessage<OrderView> };

/** A device that reports where it is over its socket, each time a moment later than before. */
function device(api: Client) {
  let recordedAt = Date.now();
  return async (at: GeoPoint) => {
    recordedAt = Math.max(recordedAt + 1, Date.now());
    await api.drivers.reportPosition.mutate({ at, recordedAt: new Date(recordedAt).toISOString() });
  };
}

const healthOf = async ({ url }: Node): Promise<Health> => (await fetch(`${url}/health`)).json();
const redisOf = async (nodes: Node[]) =>
  Promise.all(nodes.map(async (node) => (await healthOf(node)).redis));

/** An order under way, its driver on one node and its customer on another; `url`: where they go to. */
async function underWay(urls: { driver: string; customer: string }, ca?: string) {
  const { town, driver, orderId } = await carriedOrder(db(), { last: 'pick_up' });
  const options = { allOverWs: true, ...(ca ? { ca } : {}) };
  const courier = connectClient(urls.driver, await tokenOf(db(), driver), options);
  await courier.api.auth.me.query();
  const customer = connectClient(urls.customer, await tokenOf(db(), town.customer), options);
  const seen = watch<DriverPosition | null>((on) =>
    customer.api.orders.courier.subscribe({ orderId }, on),
  );
  await seen.until(() => seen.got.length > 0, 'where the courier is');
  const told = watch<Told>((on) => customer.api.orders.watch.subscribe({ orderId }, on));
  await told.until(() => told.got.length > 0, 'the order as it is');
  return {
    ...{ driver, orderId, seen, told },
    report: device(courier.api),
    place: (n: number) => destinationPoint(town.centre, n, 300),
    sees: (at: GeoPoint) => seen.until(() => seen.got.at(-1)?.at.lat === at.lat, 'the courier'),
    versions: () =>
      told.got.flatMap(({ data }) => (data.kind === 'event' ? [data.event.version] : [])),
    async [Symbol.asyncDispose]() {
      await courier[Symbol.asyncDispose]();
      await customer[Symbol.asyncDispose]();
    },
  };
}

const byLink = (nodes: Node[]) =>
  nodes.reduce((sum, node) => sum + node.platform.others.heard.link, 0);

describe.skipIf(!redisInstalled() || !nginxInstalled())('two nodes behind nginx with Redis', () => {
  it('show a courier who is at the other, go on without it when it is killed, and use it again', {
    timeout: 90_000,
  }, async () => {
    await using redis = await startRedis();
    await using first = await startServer(database, { redisUrl: redis.url });
    await using second = await startServer(database, { redisUrl: redis.url });
    const nodes = [first, second];
    await using nginx = await startNginx([first.port, second.port]);
    const redisIs = (state: Health['redis']) =>
      expect.poll(() => redisOf(nodes), { timeout: 15_000 }).toEqual([state, state]);
    await redisIs('up');

    const { url, ca } = nginx;
    await using way = await underWay({ driver: url, customer: url }, ca);
    for (const node of nodes) expect((await healthOf(node)).sockets).toBe(1);
    await way.report(way.place(1));
    await way.sees(way.place(1));
    expect(byLink(nodes)).toBe(1);

    await redis.kill();
    await redisIs('away');
    for (const node of nodes) expect((await fetch(`${node.url}/ready`)).status).toBe(200);
    await way.report(way.place(2));
    await takeStep(db(), way.driver, way.orderId, 'arrive_dropoff');
    await way.sees(way.place(2));
    expect(byLink(nodes)).toBe(1);

    await redis.restart();
    await redisIs('up');
    await way.report(way.place(3));
    await way.sees(way.place(3));
    expect(byLink(nodes)).toBe(2);
    await takeStep(db(), way.driver, way.orderId, 'deliver');
    const isOver = ({ data }: Told) =>
      data.kind === 'event' && data.event.type === 'delivery.delivered';
    await way.told.until(() => way.told.got.some(isOver), 'the end');
    await way.seen.until(() => way.seen.got.at(-1) === null, 'the end');
    const versions = way.versions();
    expect(versions).toEqual(versions.map((_, n) => (versions[0] ?? 0) + n));
    for (const { errors } of [first, second, way.seen, way.told]) expect(errors).toEqual([]);
  });
});

describe('two nodes without Redis', () => {
  it('find couriers who are at the other in the database', async () => {
    await using first = await startServer(database);
    await using second = await startServer(database);
    expect(await redisOf([first, second])).toEqual(['off', 'off']);
    await using way = await underWay({ driver: first.url, customer: second.url });
    for (const n of [1, 2]) {
      await way.report(way.place(n));
      await way.sees(way.place(n));
    }
    expect(byLink([first, second])).toBe(0);
    expect(second.platform.others.heard.database).toBeGreaterThanOrEqual(2);
    // Who is followed by nobody is not asked for.
    expect(first.platform.others.heard.database).toBe(0);
  });

  it('show a board everybody who moves at the other', async () => {
    await using first = await startServer(database);
    await using second = await startServer(database);
    const { town, driver } = await carriedOrder(db(), { last: 'pick_up' });
    await using courier = connectClient(first.url, await tokenOf(db(), driver), {
      allOverWs: true,
    });
    await using admin = connectClient(second.url, await tokenOf(db(), town.admin));
    const map = watch<DriverPosition[]>((on) => admin.api.admin.positions.subscribe(undefined, on));
    await map.until(() => map.got.length > 0, 'where everybody is');
    const at = destinationPoint(town.centre, 4, 300);
    await device(courier.api)(at);
    const isThere = (one: DriverPosition) =>
      one.driverId === driver.userId && one.at.lat === at.lat;
    await map.until(() => map.got.flat().some(isThere), 'the driver');
  });
});
