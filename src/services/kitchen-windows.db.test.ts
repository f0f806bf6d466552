import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { deliveries, kitchenWindows, menuItems } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, type Town, type TownOptions } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { leadMinutesOf, SEARCH_LEAD_MINUTES } from '@/domain/slots';
import { cancelOrder } from './cancel-order';
import { etaOf } from './examine-time';
import { deliveryIs, orderIs } from './journey.testing';
import { listSlots } from './list-slots';
import { placeOrder } from './place-order';
import { quoteOrder } from './quote-order';
import { reasonOf, refusalOf } from './refused.testing';
import { runKitchenRound } from './run-kitchen-round';
import { runMustSeeRound } from './run-must-see-round';
import { setOnline } from './set-online';
import { restoreOrder, stepOrder } from './step-order';
import { cartOf, contextOf, key, orderOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const MINUTE_MS = 60_000;
/** A Friday at noon in the town's zone, and what the clock shows to everybody in these tests. */
const NOON = new Date('2026-11-20T12:00:00Z');
const at = (minutes: number) => () => new Date(NOON.getTime() + minutes * MINUTE_MS);
const clock = (moment: Date | string | null) =>
  moment && new Date(moment).toISOString().slice(11, 16);

const town = (restaurant: TownOptions['restaurant'], options: TownOptions = {}) =>
  makeTown(db(), { autoAccept: true, ...options, restaurant });

const place = (of: Town, change: Parameters<typeof orderOf>[1] = {}, now = at(0)) =>
  placeOrder(contextOf(db(), of.customer, { now }), orderOf(of, change));

const takenIn = async (of: Town) =>
  (await db().select().from(kitchenWindows).where(eq(kitchenWindows.restaurantId, of.restaurantId)))
    .filter(({ taken }) => taken > 0)
    .map(({ startsAt, taken }) => [clock(startsAt), taken])
    .sort();

const slot = (time: string) => ({ slotFrom: `2026-11-20T${time}:00Z` });

describe('the times that are listed', () => {
  it('are those of the kitchen with what is full marked, and how long it takes now', async () => {
    const here = await town({ slotCapacity: 1 });
    const ask = (now = at(0)) =>
      listSlots(contextOf(db(), 'guest', { now }), {
        restaurantId: here.restaurantId,
        fulfilment: 'delivery',
        dropoff: cartOf(here).dropoff,
      });
    await place(here, slot('13:00'));
    const listed = await ask();
    expect(listed.timeZone).toBe('Europe/Lisbon');
    const { etaMinutes } = await quoteOrder(contextOf(db(), 'guest', { now: at(0) }), cartOf(here));
    expect(listed.soonest).toEqual(etaMinutes);
    expect(listed.days.map(({ day }) => day)).toEqual(['2026-11-20', '2026-11-21']);
    const [today] = listed.days;
    const times = today?.slots.map(({ from }) => clock(from)) ?? [];
    expect(times.slice(0, 3)).toEqual(['12:30', '12:45', '13:00']);
    const full = today?.slots.filter((each) => each.full);
    expect(full?.map(({ from }) => clock(from))).toEqual(['13:00']);
  });

  it('go on while the kitchen is closed, for when it opens', async () => {
    const hours = [{ day: 6, opens: '11:00', closes: '12:00' }];
    const here = await town({ hours, slotMinutes: 20, prepMinutes: 15 });
    const listed = await listSlots(contextOf(db(), 'guest', { now: at(0) }), {
      restaurantId: here.restaurantId,
      fulfilment: 'pickup',
      dropoff: here.centre,
    });
    expect(listed.soonest).toBeNull();
    expect(listed.days.map(({ slots }) => slots.map(({ from }) => clock(from)))).toEqual([
      [],
      ['11:20', '11:40'],
    ]);
    const cart = { ...cartOf(here), slotFrom: '2026-11-21T11:20:00Z' };
    const quote = await quoteOrder(contextOf(db(), 'guest', { now: at(0) }), cart);
    expect(quote.obstacles).toMatchObject([{ reason: 'slot_unavailable' }]);
    const fetched = { ...cart, fulfilment: 'pickup' as const };
    const other = await quoteOrder(contextOf(db(), 'guest', { now: at(0) }), fetched);
    expect(other).toMatchObject({ obstacles: [], slot: { from: '2026-11-21T11:20:00.000Z' } });
  });
});

describe('an order for later', () => {
  it('is promised its slot, is accepted at once, and cooked and searched for in time', async () => {
    const here = await town({});
    const { orderId } = await place(here, slot('14:00'));
    const order = await orderIs(db(), orderId);
    expect(order).toMatchObject({ status: 'accepted', kitchenWindow: null });
    expect([order.slotFrom, order.slotTo, order.promisedFrom, order.promisedTo].map(clock)).toEqual(
      ['14:00', '14:15', '14:00', '14:15'],
    );
    const lead = leadMinutesOf(etaOf({ prepMinutes: 10 }, 'delivery', order.tripDistanceM));
    const start = 120 - lead;
    expect(order.cookFrom).toEqual(at(start)());
    const kitchen = (minutes: number) =>
      runKitchenRound(contextOf(db(), 'kitchen', { now: at(minutes) }));
    await kitchen(start - 1);
    expect((await orderIs(db(), orderId)).status).toBe('accepted');
    await kitchen(start);
    expect((await orderIs(db(), orderId)).status).toBe('preparing');
    const search = at(start + 10 - SEARCH_LEAD_MINUTES)();
    const { nextAttemptAt, searchStartedAt } = await deliveryIs(db(), orderId);
    expect([nextAttemptAt, searchStartedAt]).toEqual([search, search]);
  });

  it('does not wake a driver who comes online hours before', async () => {
    const here = await town({});
    const tomorrow = new Date(Date.now() + 20 * 3_600_000);
    const hour = new Date(Math.ceil(tomorrow.getTime() / 3_600_000) * 3_600_000);
    const { orderId } = await place(here, { slotFrom: hour.toISOString() }, () => new Date());
    const before = await deliveryIs(db(), orderId);
    expect(before.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 3_600_000);
    const driver = await makeDriver(db(), here, { online: false });
    await setOnline(contextOf(db(), driver), { ...key(), online: true, position: null });
    expect((await deliveryIs(db(), orderId)).nextAttemptAt).toEqual(before.nextAttemptAt);
  });

  it('to a kitchen that answers by hand waits for its answer until it is to be cooked', async () => {
    const here = await makeTown(db(), { autoAccept: false });
    const { orderId } = await place(here, slot('14:00'));
    const climb = (minutes: number) =>
      runMustSeeRound(contextOf(db(), 'ladder', { now: at(minutes) }), { sms: false });
    // When it was placed is written by the clock of the database.
    await db().execute(
      `UPDATE must_sees SET raised_at = '2026-11-20T12:00:00Z', next_at = '2026-11-20T12:00:00Z'
        WHERE order_id = '${orderId}'`,
    );
    await climb(60);
    expect((await orderIs(db(), orderId)).status).toBe('placed');
    await climb(102);
    expect(await orderIs(db(), orderId)).toMatchObject({
      status: 'expired',
      reason: 'not_answered',
    });
  });

  it.each([
    ['that has begun', '12:00'],
    ['that leaves no time', '12:15'],
    ['that is none', '14:05'],
    ['of yesterday', '00:00'],
  ])('can’t be placed for a time %s', async (_, time) => {
    const here = await town({});
    expect(await reasonOf(db(), () => place(here, slot(time)))).toBe('slot_unavailable');
  });

  it('costs nothing to cancel until the kitchen starts, and its room is free again', async () => {
    const here = await town({ slotCapacity: 1 });
    const { orderId } = await place(here, slot('14:00'));
    expect(await takenIn(here)).toEqual([['14:00', 1]]);
    expect(await refusalOf(db(), () => place(here, slot('14:00')))).toMatchObject({
      code: 'conflict',
      reason: 'slot_full',
    });
    const customer = contextOf(db(), here.customer, { now: at(30) });
    await cancelOrder(customer, { ...key(), orderId, reason: 'changed_mind' });
    expect(await takenIn(here)).toEqual([]);
    await place(here, slot('14:00'));
    expect(await takenIn(here)).toEqual([['14:00', 1]]);
    // The room has gone to somebody else: the first order can't come back.
    const restore = () =>
      restoreOrder(contextOf(db(), here.admin, { now: at(31) }), { ...key(), orderId });
    expect(await reasonOf(db(), restore)).toBe('slot_full');
  });

  it('keeps its search in time when it is cancelled and restored', async () => {
    const here = await town({});
    const hour = new Date(Math.ceil(Date.now() / 3_600_000 + 5) * 3_600_000);
    const { orderId } = await place(here, { slotFrom: hour.toISOString() }, () => new Date());
    const before = await deliveryIs(db(), orderId);
    const admin = contextOf(db(), here.admin);
    await cancelOrder(admin, { ...key(), orderId, reason: 'other' });
    await restoreOrder(admin, { ...key(), orderId });
    const after = await deliveryIs(db(), orderId);
    expect(after.nextAttemptAt).toEqual(before.nextAttemptAt);
    expect(after.searchStartedAt).toEqual(before.searchStartedAt);
  });
});

describe('a kitchen with room for so many', () => {
  it('puts orders off to the next window with room, tells it, and cooks them later', async () => {
    const here = await town({ slotCapacity: 2 });
    const first = await orderIs(db(), (await place(here)).orderId);
    await place(here);
    const window = ensured(first.kitchenWindow, 'a window');
    const next = new Date(window.getTime() + 15 * MINUTE_MS);
    expect(await takenIn(here)).toEqual([[clock(window), 2]]);
    const guest = contextOf(db(), 'guest', { now: at(0) });
    const { etaMinutes } = await quoteOrder(guest, cartOf(here));
    const third = await orderIs(db(), (await place(here)).orderId);
    expect(third).toMatchObject({ kitchenWindow: next, slotFrom: null });
    expect([third.promisedFrom, third.promisedTo]).toEqual([
      at(etaMinutes.from)(),
      at(etaMinutes.to)(),
    ]);
    const delay = (ensured(third.cookFrom, 'a later start').getTime() - NOON.getTime()) / MINUTE_MS;
    const plain = { from: etaMinutes.from - delay, to: etaMinutes.to - delay };
    expect(at(delay + leadMinutesOf(plain))()).toEqual(next);
    expect(await takenIn(here)).toEqual([
      [clock(window), 2],
      [clock(next), 1],
    ]);
  });

  it('asks again when it would come much later than the customer saw', async () => {
    const here = await town({ slotCapacity: 1 });
    await place(here);
    const guest = contextOf(db(), 'guest', { now: at(0) });
    const { to: minutes } = (await quoteOrder(guest, cartOf(here))).etaMinutes;
    const late = () => place(here, { expectedMinutes: minutes - 11 });
    expect(await refusalOf(db(), late)).toMatchObject({
      reason: 'arrives_later',
      data: { minutes },
    });
    await place(here, { expectedMinutes: minutes - 10 });
  });

  it('takes no more for now when the next hour is full, but for later', async () => {
    const here = await town({ slotCapacity: 1 });
    for (let n = 0; n < 5; n += 1) await place(here);
    expect(await reasonOf(db(), () => place(here))).toBe('kitchen_full');
    const { obstacles } = await quoteOrder(contextOf(db(), 'guest', { now: at(0) }), cartOf(here));
    expect(obstacles).toMatchObject([{ reason: 'kitchen_full' }]);
    await place(here, slot('14:00'));
  });

  it('has its room back when it rejects, when nobody answers, and when an order is restored takes it again', async () => {
    const here = await makeTown(db(), { restaurant: { slotCapacity: 5 } });
    const admin = contextOf(db(), here.admin, { now: at(0) });
    const [rejected, expired, restored] = [await place(here), await place(here), await place(here)];
    expect(await takenIn(here)).toEqual([['12:15', 3]]);
    await stepOrder(admin, { ...key(), orderId: rejected.orderId, command: 'reject' });
    await cancelOrder(admin, { ...key(), orderId: restored.orderId, reason: 'other' });
    const later = { now: () => new Date(Date.now() + 11 * MINUTE_MS) };
    await runMustSeeRound(contextOf(db(), 'ladder', later), { sms: false });
    expect((await orderIs(db(), expired.orderId)).status).toBe('expired');
    expect(await takenIn(here)).toEqual([]);
    await restoreOrder(admin, { ...key(), orderId: restored.orderId });
    expect(await takenIn(here)).toEqual([['12:15', 1]]);
  });
});

describe('stock', () => {
  it('is taken by an order, given back by its end, and taken again by its restoration', async () => {
    const here = await town({});
    const { main } = here.dishes;
    await db().update(menuItems).set({ stock: 1 }).where(eq(menuItems.id, main));
    const left = async () => {
      const [row] = await db().select().from(menuItems).where(eq(menuItems.id, main));
      return ensured(row, 'the dish').stock;
    };
    const { orderId } = await place(here);
    expect(await left()).toBe(0);
    expect(await refusalOf(db(), () => place(here))).toMatchObject({ reason: 'item_sold_out' });
    const admin = contextOf(db(), here.admin, { now: at(1) });
    await cancelOrder(admin, { ...key(), orderId, reason: 'other' });
    expect(await left()).toBe(1);
    await restoreOrder(admin, { ...key(), orderId });
    expect(await left()).toBe(0);
    await cancelOrder(admin, { ...key(), orderId, reason: 'other' });
    await place(here);
    const restore = () => restoreOrder(admin, { ...key(), orderId });
    expect(await reasonOf(db(), restore)).toBe('item_short');
    const [delivery] = await db().select().from(deliveries).where(eq(deliveries.orderId, orderId));
    expect(delivery?.status).toBe('cancelled');
  });
});
