import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { type ReadEvent, readFeed, readWatermark } from '@/db/queries/events';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, makeUser, type Town } from '@/db/testing/town';
import type { LiveBatch, LiveMessage, LogEvent } from '@/domain/events';
import type { Viewer } from '@/domain/roles';
import { applyToCustomerView, type CustomerView, type OrderView } from '@/domain/views';
import { cancelOrder } from '@/services/cancel-order';
import { contextOf, key, outcomeOf, placeTestOrder } from '@/services/testing';
import { parseFeedCursor } from './cursor';
import { followFeed, followFeedInBatches, followOrder } from './follow';
import { Hub } from './hub';
import { readFeedPage, readOrderPage } from './pages';
import { customerSnapshot, orderSnapshot, restaurantsStart } from './snapshots';
import { startTail } from './tail';

const database = testDatabase();
const db = () => database.connection.db;

const epochOf = async () => (await readWatermark(db())).epoch;

async function live() {
  const hub = new Hub();
  const tail = await startTail({
    connection: database.connection,
    hub,
    canListen: database.real,
  });
  return { hub, [Symbol.asyncDispose]: () => tail.stop() };
}

type Got<View, Message = LiveMessage<View>> = { id: string; message: Message };

/** Reads `count` values of a stream and ends it, as a socket that is cut does. */
async function read<View, Message = LiveMessage<View>>(
  start: (signal: AbortSignal) => AsyncIterable<unknown>,
  count: number,
  during?: () => Promise<unknown>,
): Promise<Got<View, Message>[]> {
  const cut = new AbortController();
  const got: Got<View, Message>[] = [];
  const stream = start(cut.signal);
  for await (const value of stream) {
    // tracked() is a tuple of id, data and a symbol of tRPC's own.
    const [id, message] = value as [string, Message];
    got.push({ id, message });
    if (got.length === 1) await during?.();
    if (got.length >= count) break;
  }
  cut.abort();
  return got;
}

const typesOf = (got: Got<unknown>[]) =>
  got.map(({ message }) => (message.kind === 'event' ? message.event.type : message.kind));

const order =
  (hub: Hub, viewer: Viewer, orderId: string, lastEventId: string | null) =>
  (signal: AbortSignal) =>
    followOrder({ db: db(), hub, viewer, orderId, lastEventId, signal });

const mine = (hub: Hub, viewer: Viewer, lastEventId: string | null) => (signal: AbortSignal) =>
  followFeed<CustomerView>({
    db: db(),
    hub,
    viewer,
    route: () => ({
      feed: { customerId: viewer.userId },
      topic: `customer:${viewer.userId}`,
    }),
    snapshot: () => customerSnapshot(db(), viewer),
    lastEventId,
    signal,
  });

const cancel = (town: Town, orderId: string) =>
  cancelOrder(contextOf(db(), town.customer), { ...key(), orderId, reason: 'changed_mind' });

describe('one order’s stream', () => {
  it('starts with a snapshot and goes on live', async () => {
    await using server = await live();
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const got = await read<OrderView>(order(server.hub, town.customer, orderId, null), 2, () =>
      cancel(town, orderId),
    );
    expect(typesOf(got)).toEqual(['snapshot', 'order.cancelled']);
  });

  it('resumes after its cursor: nothing missed, nothing twice', async () => {
    await using server = await live();
    const town = await makeTown(db(), { autoAccept: true });
    const orderId = await placeTestOrder(db(), town);
    const [first] = await read<OrderView>(order(server.hub, town.customer, orderId, null), 1);
    await cancel(town, orderId);
    const rest = await read<OrderView>(
      order(server.hub, town.customer, orderId, first?.id ?? null),
      3,
    );
    expect(typesOf(rest)).toEqual(['order.cancelled', 'delivery.cancelled', 'payment.released']);
    const last = rest.at(-1);
    const snapshot = await orderSnapshot(db(), town.customer, orderId);
    expect(last?.id).toBe(snapshot.cursor);
  });

  it.each([
    ['of another epoch', 'abcdef123456.1'],
    ['that is no cursor', 'nonsense'],
    ['from the future', null],
  ])('says resync, with a fresh view, for a cursor %s', async (_, cursor) => {
    await using server = await live();
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const { cursor: present } = await orderSnapshot(db(), town.customer, orderId);
    const [epoch] = present.split('.');
    const [first] = await read<OrderView>(
      order(server.hub, town.customer, orderId, cursor ?? `${epoch}.999`),
      1,
    );
    expect(first?.message).toMatchObject({ kind: 'resync', view: { order: { id: orderId } } });
  });

  it('looks to a stranger as if there were no such order', async () => {
    await using server = await live();
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const stranger = await makeUser(db(), 'customer', 'Sam Stranger');
    const driver = await makeDriver(db(), town);
    const { cursor: present } = await orderSnapshot(db(), town.customer, orderId);
    for (const viewer of [stranger, driver]) {
      for (const cursor of [null, present, `${present.split('.')[0]}.0`]) {
        const outcome = await outcomeOf(read(order(server.hub, viewer, orderId, cursor), 1));
        expect(outcome).toEqual({ refused: 'order_not_found' });
      }
    }
  });

  it('tells the customer neither who was asked nor what the driver earns', async () => {
    await using server = await live();
    const town = await makeTown(db(), { autoAccept: true });
    const orderId = await placeTestOrder(db(), town);
    const seen = await orderSnapshot(db(), town.customer, orderId);
    expect(seen.view.delivery).toMatchObject({ pay: null, attempt: null, radiusM: null });
    const got = await read<OrderView>(
      order(server.hub, town.customer, orderId, `${seen.cursor.split('.')[0]}.0`),
      2,
    );
    const told = JSON.stringify(got.map(({ message }) => message));
    expect(told).not.toMatch(/"pay":\d/);
  });
});

describe('a customer’s feed', () => {
  it('brings the view to the present through any cut', async () => {
    await using server = await live();
    const town = await makeTown(db(), { autoAccept: true });
    const [first] = await read<CustomerView>(mine(server.hub, town.customer, null), 1);
    const orderIds = [];
    for (let n = 0; n < 3; n += 1) orderIds.push(await placeTestOrder(db(), town));
    await cancel(town, orderIds[0] ?? '');

    let view = first?.message.kind === 'snapshot' ? first.message.view : { cards: [] };
    let cursor = first?.id ?? null;
    const seen: LogEvent[] = [];
    // Three orders with two events each, and two more for the cancelled one: one value per cut.
    for (let n = 0; n < 3 * 3 + 2; n += 1) {
      const [next] = await read<CustomerView>(mine(server.hub, town.customer, cursor), 1);
      if (next?.message.kind !== 'event') throw new Error('expected an event');
      seen.push(next.message.event);
      view = applyToCustomerView(view, next.message.event);
      cursor = next.id;
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    const now = await customerSnapshot(db(), town.customer);
    const states = (cards: CustomerView['cards']) =>
      cards.map(({ order: { id, status }, delivery }) => [id, status, delivery?.status]).sort();
    expect(states(view.cards)).toEqual(states(now.view.cards));
  });

  it('holds nothing of anybody else', async () => {
    await using server = await live();
    const [ours, theirs] = [await makeTown(db()), await makeTown(db())];
    const got = await read<CustomerView>(mine(server.hub, ours.customer, null), 2, async () => {
      await placeTestOrder(db(), theirs);
      await placeTestOrder(db(), ours);
    });
    const second = got[1]?.message;
    expect(second?.kind === 'event' && second.event.customerId).toBe(ours.customer.userId);
  });

  it.each([
    ['from the future', (epoch: string) => `${epoch}.18446744073709551615.0`],
    ['beyond all numbers', (epoch: string) => `${epoch}.1.9999999999999999999`],
    ['of another epoch', () => 'abcdef123456.1.1'],
    ['that is no cursor', () => "1'; DROP TABLE events; --"],
  ])('says resync, with a fresh view, for a cursor %s', async (_, cursorIn) => {
    await using server = await live();
    const town = await makeTown(db());
    const { cursor: present } = await customerSnapshot(db(), town.customer);
    const cursor = cursorIn(present.split('.')[0] ?? '');
    const got = await read<CustomerView>(mine(server.hub, town.customer, cursor), 2, () =>
      placeTestOrder(db(), town),
    );
    expect(typesOf(got)).toEqual(['resync', 'order.placed']);
  });
});

describe('a feed in batches', () => {
  const everything = (hub: Hub, viewer: Viewer, lastEventId: string | null) =>
    read<null, LiveBatch<null>>(
      (signal) =>
        followFeedInBatches<null>({
          db: db(),
          hub,
          viewer,
          route: () => ({ feed: 'all', topic: 'all' }),
          snapshot: () => restaurantsStart(db()),
          lastEventId,
          everyMs: 0,
          signal,
        }),
      1,
    );

  it('brings what came together as one message, and resumes after the last of it', async () => {
    await using server = await live();
    const town = await makeTown(db(), { autoAccept: true });
    const [start] = await everything(server.hub, town.admin, null);
    expect(start?.message.kind).toBe('snapshot');
    const versionsAfter = async (cursor: string | undefined, orderId: string) => {
      const [got] = await everything(server.hub, town.admin, cursor ?? null);
      const events = got?.message.kind === 'events' ? got.message.events : [];
      const mine = events.filter(({ streamId }) => streamId === orderId);
      return { cursor: got?.id, versions: mine.map(({ version }) => version) };
    };
    const orderId = await placeTestOrder(db(), town);
    await cancel(town, orderId);
    const first = await versionsAfter(start?.id, orderId);
    expect(first.versions).toEqual([1, 2, 3, 4, 5, 6]);

    await placeTestOrder(db(), town);
    expect((await versionsAfter(first.cursor, orderId)).versions).toEqual([]);
  });

  it('gives a reader who comes in the middle of one only what is new to them', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const hub = new Hub();
    const cut = new AbortController();
    const listen = () =>
      followFeedInBatches<null>({
        ...{ db: db(), hub, viewer: town.admin, lastEventId: null, signal: cut.signal },
        ...{ route: () => ({ feed: 'all', topic: 'all' }), snapshot: () => restaurantsStart(db()) },
        everyMs: 500,
      })[Symbol.asyncIterator]();
    const next = async (reader: ReturnType<typeof listen>) => {
      const message = (await reader.next()).value?.[1];
      return message?.kind === 'events' ? message.events.map(({ id }) => id) : [];
    };
    let place = parseFeedCursor((await restaurantsStart(db())).cursor, await epochOf());
    const happens = async () => {
      await placeTestOrder(db(), town);
      const reads = place ? await readFeed(db(), 'all', place, 100) : [];
      place = reads.at(-1)?.place ?? place;
      return reads;
    };
    const publish = (reads: readonly ReadEvent[]) => {
      for (const read of reads) hub.publish('all', { kind: 'event', read });
      return reads.map(({ event }) => event.id);
    };
    const early = listen();
    await next(early);
    const [first, ...rest] = await happens();
    if (!first) throw new Error('expected some events');
    // The first goes out at once, what comes after it together and later.
    const before = publish([first]);
    await Promise.resolve();
    before.push(...publish(rest));
    const late = listen();
    await next(late);
    const news = publish(await happens());
    expect(await next(late)).toEqual(news);
    const seen: string[] = [];
    while (seen.at(-1) !== news.at(-1)) seen.push(...(await next(early)));
    expect(seen).toEqual([...before, ...news]);
    cut.abort();
  });
});

describe('a log that retention has shortened', () => {
  const forget = () => db().execute(sql`SELECT forget_events(now() + interval '1 day', 100000)`);

  it('says resync to a feed that was away for longer, and goes on for one that was not', async () => {
    await using server = await live();
    const town = await makeTown(db());
    const { cursor: before } = await customerSnapshot(db(), town.customer);
    const orderId = await placeTestOrder(db(), town);
    await cancel(town, orderId);
    const [missed] = await read<CustomerView>(mine(server.hub, town.customer, before), 1);
    expect(typesOf(missed ? [missed] : [])).toEqual(['order.placed']);
    await forget();
    const got = await read<CustomerView>(mine(server.hub, town.customer, before), 1);
    expect(typesOf(got)).toEqual(['resync']);
    const [fresh] = got;
    const view = fresh?.message.kind === 'resync' ? fresh.message.view : null;
    expect(view?.cards.map(({ order: { id, status } }) => [id, status])).toEqual([
      [orderId, 'cancelled'],
    ]);
    await placeTestOrder(db(), town);
    const on = await read<CustomerView>(mine(server.hub, town.customer, fresh?.id ?? null), 1);
    expect(typesOf(on)).toEqual(['order.placed']);
  });

  it('says resync to who follows an order of which the next event is gone, and to nobody else', async () => {
    await using server = await live();
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const [first] = await read<OrderView>(order(server.hub, town.customer, orderId, null), 1);
    await cancel(town, orderId);
    const { cursor: last } = await orderSnapshot(db(), town.customer, orderId);
    await forget();
    const away = await read<OrderView>(
      order(server.hub, town.customer, orderId, first?.id ?? null),
      1,
    );
    expect(typesOf(away)).toEqual(['resync']);
    const shown = away[0]?.message;
    expect(shown?.kind === 'resync' && shown.view.order.status).toBe('cancelled');
    // A restored order goes on in the same stream: nothing lies between.
    await db().execute(sql`UPDATE orders SET status = 'accepted' WHERE id = ${orderId}`);
    const here = await read<OrderView>(order(server.hub, town.customer, orderId, last), 1);
    expect(typesOf(here)).toEqual(['order.restored']);
  });

  it('is read page by page from where it begins now; an older place is gone', async () => {
    const town = await makeTown(db());
    const ask = (after?: string) => readFeedPage(db(), town.customer, { after, limit: 2 });
    const orderId = await placeTestOrder(db(), town);
    const old = await ask();
    await cancel(town, orderId);
    await forget();
    expect(await ask(old?.next)).toBeNull();
    expect(await readOrderPage(db(), town.customer, orderId, { limit: 9 })).toMatchObject({
      events: [],
    });
    for (let n = 0; n < 3; n += 1) await placeTestOrder(db(), town);
    const types: string[] = [];
    let page = await ask();
    for (; page; page = page.more ? await ask(page.next) : null) {
      types.push(...page.events.map(({ type }) => type));
    }
    expect(types.filter((type) => type === 'order.placed')).toHaveLength(3);
  });
});
