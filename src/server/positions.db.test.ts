import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import type { DriverPosition } from '@/domain/driver';
import type { LiveMessage } from '@/domain/events';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import type { Viewer } from '@/domain/roles';
import type { OrderView } from '@/domain/views';
import { carriedOrder, giveTo, takeStep, walk } from '@/services/journey.testing';
import { placeTestOrder } from '@/services/testing';
import { connectClient, startServer, tokenOf, watch } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

type Client = ReturnType<typeof connectClient>['api'];
type Told = { id: string; data: LiveMessage<OrderView> };

const as = async (url: string, viewer: Viewer) => connectClient(url, await tokenOf(db(), viewer));

/** A device that reports where it is, each time a moment later than before. */
function device(api: Client) {
  let recordedAt = Date.now();
  return async (at: GeoPoint) => {
    recordedAt = Math.max(recordedAt + 1, Date.now());
    await api.drivers.reportPosition.mutate({ at, recordedAt: new Date(recordedAt).toISOString() });
  };
}

const watchCourier = (api: Client, orderId: string) =>
  watch<DriverPosition | null>((on) => api.orders.courier.subscribe({ orderId }, on));

/** Waits until a change made now has come to this client: what was sent before it has come too. */
async function caughtUp(api: Client, orderId: string): Promise<void> {
  const order = watch<Told>((on) => api.orders.watch.subscribe({ orderId }, on));
  await order.until(() => order.got.length > 0, 'a snapshot');
  await db().execute(
    sql`UPDATE orders SET dropoff_note = dropoff_note || '.' WHERE id = ${orderId}`,
  );
  const isTheChange = ({ data }: Told) =>
    data.kind === 'event' && data.event.type === 'order.updated';
  await order.until(() => order.got.some(isTheChange), 'the change');
  order.unsubscribe();
}

describe('where the courier is', () => {
  it('comes to the customer from the assignment to the door, and not before or after', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db(), { autoAccept: true });
    const orderId = await placeTestOrder(db(), town);
    const driver = await makeDriver(db(), town, { online: false, meters: 900 });
    await db().execute(sql`UPDATE drivers SET online = true WHERE user_id = ${driver.userId}`);
    // The dispatcher's own offer must not come between.
    await db().execute(
      sql`UPDATE deliveries SET next_attempt_at = NULL WHERE order_id = ${orderId}`,
    );
    await using customer = await as(server.url, town.customer);
    await using courier = await as(server.url, driver);
    const report = device(courier.api);
    const place = (bearing: number) => destinationPoint(town.centre, bearing, 850);
    const [early, assigned, carried, door, late] = [
      place(0),
      place(1),
      place(2),
      place(3),
      place(4),
    ];
    const seen = watchCourier(customer.api, orderId);
    await seen.until(() => seen.got.length >= 1, 'an answer');
    const sawPlace = (at: GeoPoint) => seen.got.some((one) => one?.at.lat === at.lat);

    await report(early);
    await caughtUp(customer.api, orderId);
    expect(seen.got.filter((one) => one !== null)).toEqual([]);

    await giveTo(db(), town, orderId, driver);
    await seen.until(() => seen.got.at(-1)?.driverId === driver.userId, 'the courier');
    await report(assigned);
    await seen.until(() => sawPlace(assigned), 'the courier on the way to the pickup');
    await walk(db(), driver, orderId, 'pick_up');
    await report(carried);
    await seen.until(() => sawPlace(carried), 'the courier with the food');
    await takeStep(db(), driver, orderId, 'arrive_dropoff');
    await report(door);
    await seen.until(() => sawPlace(door), 'the courier at the door');
    await takeStep(db(), driver, orderId, 'deliver');
    await seen.until(() => seen.got.at(-1) === null, 'the end');
    await report(late);
    await caughtUp(customer.api, orderId);
    expect(seen.got.at(-1)).toBeNull();
    expect(sawPlace(late)).toBe(false);
  });

  it('comes neither to another customer nor to another driver', async () => {
    await using server = await startServer(database);
    const { town, orderId } = await carriedOrder(db(), { last: 'pick_up' });
    const other = await makeTown(db());
    for (const viewer of [other.customer, await makeDriver(db(), town)]) {
      await using client = await as(server.url, viewer);
      const seen = watchCourier(client.api, orderId);
      await seen.until(() => seen.errors.length > 0, 'a refusal');
      expect(seen.errors[0]).toMatchObject({ data: { code: 'NOT_FOUND' } });
      expect(seen.got).toEqual([]);
    }
  });

  it('is that of the new courier once the delivery has changed hands', async () => {
    await using server = await startServer(database);
    const { town, driver, orderId } = await carriedOrder(db());
    const other = await makeDriver(db(), town, { meters: 500 });
    await using customer = await as(server.url, town.customer);
    await using before = await as(server.url, driver);
    const seen = watchCourier(customer.api, orderId);
    await seen.until(() => seen.got.at(-1)?.driverId === driver.userId, 'the first courier');
    await giveTo(db(), town, orderId, other);
    await seen.until(() => seen.got.at(-1)?.driverId === other.userId, 'the second courier');
    const turn = seen.got.length;
    await device(before.api)(destinationPoint(town.centre, 0, 350));
    await caughtUp(customer.api, orderId);
    // Where the new one is comes again as what another node has written, which is looked for now and then.
    expect(seen.got.slice(turn).filter((one) => one?.driverId !== other.userId)).toEqual([]);
  });
});

describe('the map of the admin', () => {
  it('gets the latest position of each driver, many at a time', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    const drivers = await Promise.all(Array.from({ length: 4 }, () => makeDriver(db(), town)));
    await using admin = await as(server.url, town.admin);
    const map = watch<DriverPosition[]>((on) => admin.api.admin.positions.subscribe(undefined, on));
    const clients = await Promise.all(drivers.map((driver) => as(server.url, driver)));
    const reports = clients.map(({ api }) => device(api));
    const rounds = 8;
    const place = (driver: number, round: number) =>
      destinationPoint(town.centre, driver * 5 + round / 2, 300);
    await map.until(() => map.got.length > 0, 'where everybody is as the map opens');
    const own = new Set(drivers.map(({ userId }) => userId));
    const opened = new Set(map.got[0]?.map(({ driverId }) => driverId));
    expect([...own].every((id) => opened.has(id))).toBe(true);
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(reports.map((report, n) => report(place(n, round))));
    }
    const latest = () => new Map(map.got.flat().map(({ driverId, at }) => [driverId, at]));
    const arrived = () =>
      drivers.every(({ userId }, n) => latest().get(userId)?.lat === place(n, rounds - 1).lat);
    await map.until(arrived, 'the last position of each');
    // Those of other tests may be online yet.
    const ours = map.got.map((batch) => batch.filter(({ driverId }) => own.has(driverId)));
    const moves = ours.slice(1);
    expect(moves.length).toBeLessThan(rounds * drivers.length);
    expect(Math.max(...moves.map((batch) => batch.length))).toBe(drivers.length);
    for (const batch of ours) {
      expect(new Set(batch.map(({ driverId }) => driverId)).size).toBe(batch.length);
    }
    for (const client of clients) await client[Symbol.asyncDispose]();
  });

  it('is not for customers or drivers', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    for (const viewer of [town.customer, await makeDriver(db(), town)]) {
      await using client = await as(server.url, viewer);
      const map = watch<unknown>((on) => client.api.admin.positions.subscribe(undefined, on));
      await map.until(() => map.errors.length > 0, 'a refusal');
      expect(map.errors[0]).toMatchObject({ data: { code: 'FORBIDDEN' } });
    }
  });
});
