import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, makeUser, type Town } from '@/db/testing/town';
import type { BoardView } from '@/domain/board-view';
import type { DriverView } from '@/domain/driver-view';
import type { LiveBatch, LiveMessage } from '@/domain/events';
import type { CustomerView, OrderView } from '@/domain/views';
import { applyToOrderView } from '@/domain/views';
import { signUp } from '@/services/sign-up';
import { cartOf, contextOf, key, placeTestOrder } from '@/services/testing';
import { connectClient, startServer, tokenOf, watch, wireErrorOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

type Told<View> = { id: string; data: LiveMessage<View> };
type Client = ReturnType<typeof connectClient>['api'];

/** What came, but for the ETAs: their loop looks at the clock, whenever that is. */
const typesOf = (got: Told<unknown>[]) =>
  got
    .map(({ data }) => (data.kind === 'event' ? data.event.type : data.kind))
    .filter((type) => type !== 'order.eta_changed' && type !== 'order.delayed');

const watchOrder = (api: Client, orderId: string) =>
  watch<Told<OrderView>>((on) => api.orders.watch.subscribe({ orderId }, on));

const orderOf = (town: Town) => ({
  ...key(),
  ...cartOf(town),
  dropoffAddress: '2 Side Street',
  expectedTotal: 1_311,
});

const typeIn = (statement: ReturnType<typeof sql>) => db().execute(statement);

/** The order's steps, typed by hand one by one. */
const stepTo = (orderId: string, status: string) =>
  typeIn(sql`UPDATE orders SET status = ${status} WHERE id = ${orderId}`);

describe('somebody who signs in', () => {
  it('is the same person over http and over ws, by the token that they got', async () => {
    await using server = await startServer(database);
    const account = { name: 'Nora New', email: 'nora@hotfoot.test', password: 'a long password' };
    await signUp(contextOf(db(), 'guest'), account);
    await using guest = connectClient(server.url, null);
    expect(await guest.api.auth.me.query()).toBeNull();
    const { token, viewer } = await guest.api.auth.signIn.mutate(account);
    expect(viewer).toMatchObject({ role: 'customer', name: 'Nora New' });
    await using overHttp = connectClient(server.url, token);
    await using overWs = connectClient(server.url, token, { allOverWs: true });
    expect(await overHttp.api.auth.me.query()).toEqual(viewer);
    expect(await overWs.api.auth.me.query()).toEqual(viewer);
    expect(overWs.sockets).toHaveLength(1);
  });

  it('by cookie is the same person as well', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    const cookie = `other=%E0%A4%A; next-auth.session-token=${await tokenOf(db(), town.customer)}`;
    const response = await fetch(`${server.url}/api/trpc/auth.me`, { headers: { cookie } });
    expect(await response.json()).toMatchObject({ result: { data: town.customer } });
  });
});

describe('a customer', () => {
  it('places an order and is told of each of its steps, also of those typed by hand', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    await using customer = connectClient(server.url, await tokenOf(db(), town.customer));
    const mine = watch<Told<CustomerView>>((on) => customer.api.orders.watchMine.subscribe({}, on));
    await mine.until(() => mine.got.length >= 1, 'a snapshot');
    const { orderId } = await customer.api.orders.place.mutate(orderOf(town));
    await mine.until(() => mine.got.length >= 2, 'the order in the feed');
    const order = watchOrder(customer.api, orderId);
    await order.until(() => order.got.length >= 1, 'a snapshot of the order');
    await stepTo(orderId, 'accepted');
    await stepTo(orderId, 'preparing');
    await order.until(() => typesOf(order.got).includes('order.preparing'), 'the steps');
    expect(typesOf(order.got)).toEqual(['snapshot', 'order.accepted', 'order.preparing']);
    await mine.until(() => typesOf(mine.got).includes('order.preparing'), 'the steps in the feed');
    expect(typesOf(mine.got)).toEqual([
      'snapshot',
      'order.placed',
      'order.accepted',
      'order.preparing',
    ]);
  });

  it('misses nothing and gets nothing twice when the socket is cut', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    await using customer = connectClient(server.url, await tokenOf(db(), town.customer));
    const order = watchOrder(customer.api, orderId);
    await order.until(() => order.got.length >= 1, 'a snapshot');
    const steps = ['accepted', 'preparing', 'ready', 'cancelled', 'accepted', 'preparing', 'ready'];
    for (const [index, status] of steps.entries()) {
      // Cut, and go on at once: the change falls into the gap, or just before it.
      customer.cut();
      await stepTo(orderId, status);
      const back = () => order.got.length > index + 1;
      if (index % 2 === 0) await order.until(back, `the client to be back for step ${index}`);
    }
    await order.until(() => typesOf(order.got).length > steps.length, 'all steps');
    const versions = order.got.flatMap(({ data }) =>
      data.kind === 'event' ? [data.event.version] : [],
    );
    expect(versions.length).toBeGreaterThanOrEqual(7);
    // What a kitchen has to have seen is none of theirs.
    const theirs = await db().execute<{ version: number }>(sql`
      SELECT version FROM events WHERE stream_id = ${orderId} AND version > 1
        AND type NOT LIKE 'must\\_see.%' ORDER BY version LIMIT ${versions.length}`);
    expect(versions).toEqual(theirs.map(({ version }) => version));
    expect(customer.sockets.length).toBeGreaterThanOrEqual(5);
  });

  it('is back where they were after the server has restarted', async () => {
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const token = await tokenOf(db(), town.customer);
    const first = await startServer(database);
    await using customer = connectClient(first.url, token);
    const order = watchOrder(customer.api, orderId);
    await order.until(() => order.got.length >= 1, 'a snapshot');
    await stepTo(orderId, 'accepted');
    await order.until(() => typesOf(order.got).includes('order.accepted'), 'a step');
    await first[Symbol.asyncDispose]();
    await stepTo(orderId, 'preparing');
    await using second = await startServer(database, { port: first.port });
    await order.until(() => typesOf(order.got).includes('order.preparing'), 'what was missed');
    await stepTo(orderId, 'ready');
    await order.until(() => typesOf(order.got).includes('order.ready'), 'what came after');
    const [snapshot, ...events] = order.got;
    expect(typesOf(events)).toEqual(['order.accepted', 'order.preparing', 'order.ready']);
    if (snapshot?.data.kind !== 'snapshot') throw new Error('expected a snapshot');
    const view = events.reduce(
      (before, { data }) => (data.kind === 'event' ? applyToOrderView(before, data.event) : before),
      snapshot.data.view,
    );
    await using fresh = connectClient(second.url, token);
    const now = await fresh.api.orders.get.query({ orderId });
    expect({ ...view, versions: null }).toEqual({ ...now.view, versions: null });
  });

  it('sees nothing of an order that is not theirs: not found, by call and by subscription', async () => {
    await using server = await startServer(database);
    const orderId = await placeTestOrder(db(), await makeTown(db()));
    const stranger = await makeUser(db(), 'customer', 'Sam Stranger');
    await using client = connectClient(server.url, await tokenOf(db(), stranger));
    const wanted = { code: 'NOT_FOUND', refusal: { reason: 'order_not_found' } };
    const called = await wireErrorOf(client.api.orders.get.query({ orderId }));
    expect(called.data).toMatchObject(wanted);
    for (const watched of [
      watch<unknown>((on) => client.api.orders.watch.subscribe({ orderId }, on)),
      watch<unknown>((on) => client.api.orders.courier.subscribe({ orderId }, on)),
    ]) {
      await watched.until(() => watched.errors.length >= 1, 'a refusal');
      expect(watched.errors[0]).toMatchObject({ data: wanted });
      expect(watched.got).toEqual([]);
    }
  });
});

describe('a driver', () => {
  it('is offered an order as soon as it is placed, accepts it, and has the job', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town);
    await using courier = connectClient(server.url, await tokenOf(db(), driver));
    await using customer = connectClient(server.url, await tokenOf(db(), town.customer));
    const feed = watch<Told<DriverView>>((on) => courier.api.drivers.watch.subscribe({}, on));
    await feed.until(() => feed.got.length >= 1, 'a snapshot');
    const { orderId } = await customer.api.orders.place.mutate(orderOf(town));
    const offerIn = () =>
      feed.got.flatMap(({ data }) => (data.kind === 'event' && data.event.data.offer) || [])[0];
    await feed.until(() => offerIn() !== undefined, 'an offer');
    const offer = offerIn();
    expect(offer).toMatchObject({ orderId, status: 'pending', pay: 450 });
    await courier.api.drivers.acceptOffer.mutate({ ...key(), offerId: offer?.id ?? '' });
    await feed.until(() => typesOf(feed.got).includes('delivery.assigned'), 'the job');
    // A loop's open transaction may hold the watermark back: then what the snapshot knows comes again.
    const news = typesOf(feed.got).filter((type) => !type.startsWith('driver.'));
    // The kitchen goes on meanwhile: its steps may come with the job.
    expect(news.slice(0, 4)).toEqual([
      'snapshot',
      'offer.made',
      'offer.accepted',
      'delivery.assigned',
    ]);
  });
});

describe('an admin', () => {
  it('sees it all as it happens; nobody else may look', async () => {
    await using server = await startServer(database);
    const town = await makeTown(db());
    await using admin = connectClient(server.url, await tokenOf(db(), town.admin));
    await using customer = connectClient(server.url, await tokenOf(db(), town.customer));
    const board = watch<{ data: LiveBatch<BoardView> }>((on) =>
      admin.api.admin.watchBoard.subscribe({}, on),
    );
    await board.until(() => board.got.length >= 1, 'a snapshot');
    const { orderId } = await customer.api.orders.place.mutate(orderOf(town));
    await admin.api.admin.stepOrder.mutate({ ...key(), orderId, command: 'accept' });
    const about = () =>
      board.got
        .flatMap(({ data }) => (data.kind === 'events' ? data.events : []))
        .flatMap(({ streamId, type }) => (streamId === orderId ? [type] : []));
    await board.until(() => about().includes('delivery.created'), 'the order');
    const steps = about().filter((type) => !type.startsWith('must_see.'));
    expect(steps.slice(0, 3)).toEqual(['order.placed', 'order.accepted', 'delivery.created']);
    const refused = watch<unknown>((on) => customer.api.admin.watchBoard.subscribe({}, on));
    await refused.until(() => refused.errors.length >= 1, 'a refusal');
    expect(refused.errors[0]).toMatchObject({ data: { code: 'FORBIDDEN' } });
  });
});
