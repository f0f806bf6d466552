import { eq, sql } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { authoriseChannel } from '@/api/authorise-channel';
import { shareAudience } from '@/api/live';
import { connect } from '@/db/client';
import { tie } from '@/db/queries/staff';
import { orders, zoneLeases } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, makeUser } from '@/db/testing/town';
import { channelOf } from '@/domain/channels';
import { ensured } from '@/domain/errors';
import { cursorAfter, judgeHint, POSITION } from '@/domain/live-hints';
import { cancelOrder } from '@/services/cancel-order';
import { carriedOrder, storyOf, takeStep } from '@/services/journey.testing';
import { runDispatchRound } from '@/services/run-dispatch-round';
import { shareOrder } from '@/services/share-order';
import { contextOf, key, outcomeOf, placeTestOrder } from '@/services/testing';
import { hostedOn } from './hosted.testing';

const database = testDatabase();
const db = () => database.connection.db;

const channelFor = (id: string, kind: 'customer' | 'driver' | 'kitchen' = 'customer') =>
  channelOf({ kind, id });

function promise() {
  let resolve: () => void = () => undefined;
  const done = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { done, resolve };
}

describe('a subscription asked as a query', () => {
  it('answers with a view, then with what came after the cursor, and names the channel', async () => {
    const hosted = hostedOn(db());
    const town = await makeTown(db());
    const caller = await hosted.callAs(town.customer);
    const orderId = await placeTestOrder(db(), town);
    const first = await caller.live.catchUp({ path: 'orders.watch', input: { orderId } });
    expect(first).toMatchObject({
      messages: [{ data: { kind: 'snapshot' } }],
      ...{ more: false, channel: channelFor(town.customer.userId), streamId: orderId },
    });
    const lastEventId = first.messages[0]?.id;
    const input = { orderId, lastEventId };
    expect((await caller.live.catchUp({ path: 'orders.watch', input })).messages).toEqual([]);
    const reason = 'changed_mind' as const;
    await cancelOrder(contextOf(db(), town.customer), { ...key(), orderId, reason });
    const next = await caller.live.catchUp({ path: 'orders.watch', input });
    expect(next.messages.map(({ data }) => data)).toContainEqual(
      expect.objectContaining({ event: expect.objectContaining({ type: 'order.cancelled' }) }),
    );
  });

  it('comes in portions when much was missed', async () => {
    const hosted = hostedOn(db());
    const town = await makeTown(db());
    const caller = await hosted.callAs(town.customer);
    const orderId = await placeTestOrder(db(), town);
    const input = { orderId };
    const [view] = (await caller.live.catchUp({ path: 'orders.watch', input })).messages;
    for (let n = 0; n < 250; n += 1) {
      await db().execute(
        sql`UPDATE orders SET dropoff_note = ${`note ${n}`} WHERE id = ${orderId}`,
      );
    }
    let lastEventId = view?.id;
    const got: number[] = [];
    for (let more = true; more; ) {
      const answer = await caller.live.catchUp({
        path: 'orders.watch',
        input: { orderId, lastEventId },
      });
      got.push(answer.messages.length);
      lastEventId = answer.messages.at(-1)?.id;
      more = answer.more;
    }
    expect(got).toEqual([200, 50]);
  });

  it('refuses what the subscription refuses', async () => {
    const hosted = hostedOn(db());
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const stranger = await hosted.callAs(await makeUser(db(), 'customer', 'Sam Stranger'));
    const guest = await hosted.callAs(null);
    const ask = { path: 'orders.watch', input: { orderId } };
    await expect(stranger.live.catchUp(ask)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(guest.live.catchUp(ask)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    const board = { path: 'admin.watchBoard', input: {} };
    await expect(stranger.live.catchUp(board)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const mutation = { path: 'orders.cancel', input: { ...key(), orderId, reason: 'other' } };
    await expect(stranger.live.catchUp(mutation)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const wrong = { path: 'orders.watch', input: { orderId: 'one' } };
    await expect(stranger.live.catchUp(wrong)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('hints', () => {
  it('let a reader go on from its cursor without asking, in its stream and in its feed', async () => {
    const hosted = hostedOn(db());
    await hosted.publish();
    const { town, driver, orderId } = await carriedOrder(db());
    const caller = await hosted.callAs(town.customer);
    await hosted.publish();
    const known = await caller.live.catchUp({ path: 'orders.watch', input: { orderId } });
    const feed = await caller.live.catchUp({ path: 'orders.watchMine', input: {} });
    const before = hosted.hintsOn(channelFor(town.customer.userId)).length;
    await takeStep(db(), driver, orderId, 'arrive_pickup');
    await takeStep(db(), driver, orderId, 'pick_up');
    await hosted.publish();
    const fresh = hosted.hintsOn(channelFor(town.customer.userId)).slice(before);
    expect(fresh.map(({ event }) => event?.type)).toContain('delivery.picked_up');
    for (const { messages } of [known, feed]) {
      let cursor = ensured(messages[0]?.id, 'a cursor');
      const epoch = ensured(cursor.split('.')[0], 'an epoch');
      for (const hint of fresh) {
        expect(judgeHint(cursor, epoch, hint)).toBe('next');
        cursor = cursorAfter(cursor, epoch, hint);
        expect(judgeHint(cursor, epoch, hint)).toBe('known');
      }
    }
    expect(
      judgeHint(
        known.messages[0]?.id ?? '',
        known.messages[0]?.id?.split('.')[0] ?? '',
        ensured(fresh.at(-1), 'a hint'),
      ),
    ).toBe('gap');
  });

  it('bring each channel what its people may see, and dispatchers and kitchens only that there is something', async () => {
    const hosted = hostedOn(db());
    await hosted.publish();
    const { town, driver, orderId } = await carriedOrder(db(), { last: 'pick_up' });
    await hosted.publish();
    const ofDriver = hosted.hintsOn(channelFor(driver.userId, 'driver'));
    expect(ofDriver.length).toBeGreaterThan(0);
    expect(ofDriver.every(({ event }) => (event?.data.order?.subtotal ?? 0) === 0)).toBe(true);
    for (const channel of ['private-admin', channelFor(town.restaurantId, 'kitchen')]) {
      const hints = hosted.hintsOn(channel).filter(({ streamId }) => streamId === orderId);
      expect(hints.length).toBeGreaterThan(0);
      expect(hints.every(({ event }) => event === undefined)).toBe(true);
    }
  });

  it('are sent once by one process, and none is left out by two at once', async () => {
    const [one, other] = [hostedOn(db()), hostedOn(db())];
    await one.publish();
    const town = await makeTown(db());
    for (let n = 0; n < 3; n += 1) await placeTestOrder(db(), town);
    await Promise.all([one.publish(), other.publish()]);
    expect(await one.publish()).toBe(0);
    const channel = channelFor(town.customer.userId);
    const ids = [...one.hintsOn(channel), ...other.hintsOn(channel)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  it('wait for a write that began before, and are sent when it has ended', async () => {
    if (!database.real) return;
    const hosted = hostedOn(db());
    const town = await makeTown(db());
    await hosted.publish();
    const elsewhere = connect(database.url, { max: 1 });
    const [begun, held] = [promise(), promise()];
    const writing = elsewhere.db.transaction(async (tx) => {
      await tx.execute(sql`UPDATE users SET name = name WHERE id = ${town.admin.userId}`);
      begun.resolve();
      await held.done;
    });
    await begun.done;
    await placeTestOrder(db(), town);
    expect(await hosted.publish()).toBe(0);
    const pass = hosted.work.tick(Date.now() + 10_000);
    held.resolve();
    await Promise.all([writing, pass]);
    expect(hosted.hintsOn(channelFor(town.customer.userId)).length).toBeGreaterThan(0);
    await elsewhere.close();
  });

  it('tell who has a share link that there is something, and nothing else', async () => {
    const hosted = hostedOn(db());
    await hosted.publish();
    const { town, driver, orderId } = await carriedOrder(db());
    const { token } = await shareOrder(contextOf(db(), town.customer), { ...key(), orderId });
    const guest = await hosted.callAs(null);
    const answer = await guest.live.catchUp({ path: 'share.watch', input: { token } });
    expect(answer.channel).toBe(channelOf(await shareAudience(token)));
    expect(answer.channel).not.toContain(token);
    expect(JSON.stringify(answer)).not.toContain(orderId);
    await takeStep(db(), driver, orderId, 'arrive_pickup');
    await hosted.publish();
    const hints = hosted.hintsOn(answer.channel ?? '');
    expect(hints.length).toBeGreaterThan(0);
    expect(JSON.stringify(hints)).not.toContain(orderId);
    expect(hints.every(({ event }) => event === undefined)).toBe(true);
  });
});

describe('a channel', () => {
  it('is opened to whom it is for alone', async () => {
    const { deps, credentialsOf } = hostedOn(db());
    const town = await makeTown(db());
    const driver = await makeDriver(db(), town);
    const cook = await makeUser(db(), 'kitchen', 'Kit Cook');
    const elsewhere = await makeUser(db(), 'kitchen', 'Carl Cook');
    await tie(db(), { restaurantId: town.restaurantId, userId: cook.userId });
    const may = async (who: typeof driver | null, channel: string) => {
      const credentials = who ? await credentialsOf(who) : {};
      const outcome = await outcomeOf(authoriseChannel(deps, credentials, channel));
      return !('refused' in outcome);
    };
    const kitchen = channelFor(town.restaurantId, 'kitchen');
    const cases: [typeof driver | null, string, boolean][] = [
      [town.customer, channelFor(town.customer.userId), true],
      [driver, channelFor(town.customer.userId), false],
      [null, channelFor(town.customer.userId), false],
      [driver, channelFor(driver.userId, 'driver'), true],
      [town.customer, 'private-admin', false],
      [town.admin, 'private-admin', true],
      [cook, kitchen, true],
      [elsewhere, kitchen, false],
      [cook, 'private-kitchen-not-an-id', false],
      [town.admin, 'private-everything', false],
      [null, 'private-restaurants', true],
    ];
    for (const [who, channel, wanted] of cases) {
      expect([who?.name, channel, await may(who, channel)]).toEqual([who?.name, channel, wanted]);
    }
  });
});

describe('the work of hosted mode', () => {
  it('finds a driver for an order, once, though it is called twice at once', async () => {
    const [one, other] = [hostedOn(db()), hostedOn(db())];
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town);
    const orderId = await placeTestOrder(db(), town);
    const deadline = Date.now() + 20_000;
    const done = await Promise.all([one.work.tick(deadline), other.work.tick(deadline)]);
    expect(done.flat().filter(({ ok }) => !ok)).toEqual([]);
    expect([...one.errors, ...other.errors]).toEqual([]);
    const story = await storyOf(db(), orderId);
    expect(story.filter((type) => type === 'offer.made')).toHaveLength(1);
    const hints = [one, other].flatMap(({ hintsOn }) =>
      hintsOn(channelFor(driver.userId, 'driver')),
    );
    expect(hints.map(({ event }) => event?.type)).toContain('offer.made');
  });

  it.runIf(database.real)('looks again for an order that somebody held just then', async () => {
    const { work, errors } = hostedOn(db());
    const town = await makeTown(db(), { autoAccept: true });
    await makeDriver(db(), town);
    const orderId = await placeTestOrder(db(), town);
    const ticking = await db().transaction(async (tx) => {
      await tx.select().from(orders).where(eq(orders.id, orderId)).for('update');
      const tick = work.tick(Date.now() + 20_000);
      const lease = () => db().select().from(zoneLeases).where(eq(zoneLeases.zoneId, town.zoneId));
      await vi.waitFor(async () => expect(await lease()).toHaveLength(1), { timeout: 10_000 });
      // A look takes as long as that of the tick, which began before it.
      await runDispatchRound(contextOf(db(), 'dispatch'));
      return [tick];
    });
    await Promise.all(ticking);
    expect(errors).toEqual([]);
    expect(await storyOf(db(), orderId)).toContain('offer.made');
  });

  it('does not begin what it has no time for', async () => {
    const hosted = hostedOn(db());
    expect(await hosted.work.tick(Date.now() - 1)).toEqual([]);
  });

  it('tells of a position to whose order is carried, and of nothing more once it is there', async () => {
    const hosted = hostedOn(db());
    const { town, driver, orderId } = await carriedOrder(db(), { last: 'pick_up' });
    const position = {
      ...{ driverId: driver.userId, at: town.centre, headingDeg: null, speedMps: null },
      recordedAt: new Date().toISOString(),
    };
    hosted.work.moved(position);
    await hosted.work.tellPositions();
    const told = () => hosted.sent.filter(({ name }) => name === POSITION);
    expect(told()).toEqual([
      {
        ...{ channel: channelFor(town.customer.userId), name: POSITION },
        data: { orderId, position },
      },
    ]);
    await takeStep(db(), driver, orderId, 'arrive_dropoff');
    await takeStep(db(), driver, orderId, 'deliver');
    hosted.work.moved(position);
    await hosted.work.tellPositions();
    expect(told()).toHaveLength(1);
  });
});
