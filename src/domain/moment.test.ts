import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectEvent } from './audiences';
import { applyToBoardView } from './board-view';
import type { LogEvent } from './events';
import {
  ADMIN,
  CUSTOMER,
  DRIVER,
  deliveryImage,
  driverImage,
  minute,
  OTHER_DRIVER,
  offerImage,
  orderImage,
} from './images.testing';
import {
  boardViewAt,
  customerSawCourier,
  driverConcerned,
  driverViewAt,
  momentAt,
  orderViewAt,
  smallBoard,
} from './moment';
import type { Viewer } from './roles';
import { writeStory } from './story.testing';
import { applyToOrderView, type OrderView } from './views';

const ORDERS = ['first', 'second', 'third'];
const NEVER_TIDY = new Date(minute(0));

const anyStory = fc
  .array(fc.nat(10_000), { minLength: 10, maxLength: 80 })
  .map((choices) => writeStory(ORDERS, choices).map(({ event }) => event));

/** What is left when each order's events are thinned as the database does it. */
function thinned(events: readonly LogEvent[]): LogEvent[] {
  const latest = new Map<string, LogEvent>();
  for (const event of events) {
    const { order, delivery, offer } = event.data;
    if (order) latest.set(`${event.streamId} order`, event);
    if (delivery) latest.set(`${event.streamId} delivery`, event);
    if (offer) latest.set(`${event.streamId} offer ${offer.id}`, event);
  }
  const deleted = new Set(
    events.filter(({ type }) => type === 'order.deleted').map(({ streamId }) => streamId),
  );
  return [...new Set(latest.values())].filter(({ streamId }) => !deleted.has(streamId));
}

const byId = <T extends { id: string }>(list: readonly T[]) =>
  list.toSorted((a, b) => a.id.localeCompare(b.id));
const boardEssence = (events: readonly LogEvent[]) => {
  const { cards, offers } = boardViewAt(events, NEVER_TIDY);
  const shown = cards.map(({ order, delivery }) => ({ id: order.id, order, delivery }));
  return { cards: byId(shown), offers: byId(offers) };
};

describe('the board at a moment', () => {
  it('is what an admin saw who had followed everything up to there', () => {
    fc.assert(
      fc.property(anyStory, fc.nat(80), (events, at) => {
        const passed = events.slice(0, at);
        const nothing = { cards: [], offers: [], drivers: [], mustSees: [] };
        const { cards, offers } = applyToBoardView(nothing, passed);
        const live = cards.map(({ order, delivery }) => ({ id: order.id, order, delivery }));
        const standing = new Set(live.map(({ id }) => id));
        const shown = boardEssence(thinned(passed));
        expect(shown.cards).toEqual(byId(live));
        // Of an order that was deleted the offers have ended with it.
        const open = offers.filter(({ orderId }) => standing.has(orderId));
        expect(shown.offers).toEqual(byId(open));
      }),
    );
  });
});

describe('an order’s page at a moment', () => {
  it.each<[string, Viewer]>([
    ['the customer', CUSTOMER],
    ['an admin', ADMIN],
  ])('is what %s saw who had opened it at any time before', (_, viewer) => {
    fc.assert(
      fc.property(anyStory, fc.nat(40), fc.nat(40), (events, one, other) => {
        const stream = events.filter(({ streamId }) => streamId === 'first');
        fc.pre(stream.length > 0);
        const [opened = 1, at = 1] = [one, other]
          .map((n) => 1 + (n % stream.length))
          .sort((a, b) => a - b);
        const opening = orderViewAt(viewer, stream.slice(0, opened), []);
        const live = stream
          .slice(opened, at)
          .flatMap((event) => projectEvent(viewer, event) ?? [])
          .reduce<OrderView | null>(
            (view, event) => view && applyToOrderView(view, event),
            opening,
          );
        expect(orderViewAt(viewer, stream.slice(0, at), [])).toEqual(live);
      }),
    );
  });

  it('is nothing before the order was placed, and nothing to a stranger', () => {
    expect(orderViewAt(CUSTOMER, [], [])).toBeNull();
    const [placed] = writeStory(['first'], [0]);
    const stranger: Viewer = { userId: 'sam', role: 'customer', name: 'Sam' };
    expect(orderViewAt(stranger, placed ? [placed.event] : [], [])).toBeNull();
  });
});

describe('a driver’s screen at a moment', () => {
  it('holds what is theirs then, and nothing of others', () => {
    fc.assert(
      fc.property(anyStory, fc.nat(80), (events, at) => {
        const passed = events.slice(0, at);
        const feed = passed.filter(({ driverId }) => driverId === DRIVER.userId);
        const before = {
          ...{ driver: driverImage(DRIVER), version: 1 },
          ...{ currency: 'EUR', timeZone: 'Europe/Lisbon' },
        };
        const { jobs, offers } = driverViewAt(before, feed);
        for (const { delivery } of jobs) expect(delivery?.driverId).toBe(DRIVER.userId);
        for (const { driverId } of offers) expect(driverId).toBe(DRIVER.userId);
        const board = boardViewAt(passed, NEVER_TIDY);
        const asked = board.offers.filter(({ driverId }) => driverId === DRIVER.userId);
        expect(byId(offers)).toEqual(byId(asked));
      }),
    );
  });
});

describe('a moment', () => {
  const story = [
    { version: 1, at: minute(0) },
    { version: 2, at: minute(2) },
    { version: 3, at: minute(4) },
  ];
  const now = new Date(minute(10));
  const time = (n: number) => ({ time: new Date(minute(n)) });
  it.each([
    ['an event', { version: 2 }, { version: 2, at: minute(2) }],
    ['an event that has not come', { version: 9 }, { version: 3, at: minute(4) }],
    ['an event before the first', { version: 0 }, { version: 1, at: minute(0) }],
    ['a time between two', time(3), { version: 2, at: minute(3) }],
    ['the time of an event', time(4), { version: 3, at: minute(4) }],
    ['a time before it all', time(-5), { version: 1, at: minute(0) }],
    ['a time to come', time(60), { version: 3, at: minute(10) }],
    ['the present', null, { version: 3, at: minute(10) }],
  ])('can be asked for by %s', (_, wanted, moment) => {
    expect(momentAt(story, wanted, now)).toEqual(moment);
  });

  it('is none of an order without a story', () => {
    expect(momentAt([], null, now)).toBeNull();
  });
});

describe('who is concerned', () => {
  const pageWith = (change: Partial<OrderView>): OrderView => ({
    ...{ order: orderImage('first'), delivery: deliveryImage('first') },
    ...{ versions: { order: 1, delivery: 1 }, lines: [], offers: [], messages: [], timeline: [] },
    ...change,
  });
  const carried = deliveryImage('first', { status: 'assigned', driverId: OTHER_DRIVER.userId });
  const asked = offerImage('first', DRIVER);
  const declined = offerImage('first', OTHER_DRIVER, { status: 'declined', createdAt: minute(3) });
  it.each<[string, Partial<OrderView>, string | null]>([
    ['nobody, while nobody was asked', {}, null],
    ['who is asked', { offers: [asked, declined] }, DRIVER.userId],
    ['who was asked last', { offers: [declined] }, OTHER_DRIVER.userId],
    ['who carries it', { delivery: carried, offers: [asked] }, OTHER_DRIVER.userId],
  ])('is %s', (_, change, driverId) => {
    expect(driverConcerned(pageWith(change))).toBe(driverId);
  });

  it('and the customer sees them from the assignment to the door', () => {
    const seen = (status: 'offering' | 'assigned' | 'at_dropoff' | 'delivered') =>
      customerSawCourier(pageWith({ delivery: { ...carried, status } }));
    expect([seen('offering'), seen('assigned'), seen('at_dropoff'), seen('delivered')]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

it('the board in small names the uppermost, and always the one that it is about', () => {
  const card = (n: number) => ({
    order: orderImage(`order ${n}`, { number: n, status: 'preparing', promisedTo: minute(n) }),
    ...{ delivery: null, versions: { order: 1, delivery: 0 } },
  });
  const cards = Array.from({ length: 10 }, (_, n) => card(n));
  const view = { cards, offers: [], drivers: [], mustSees: [] };
  const preparing = smallBoard(view, new Date(minute(3)), 'order 9').find(
    ({ id }) => id === 'preparing',
  );
  expect(preparing?.total).toBe(10);
  expect(preparing?.chips.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 9]);
  expect(preparing?.chips.map(({ late }) => late)).toEqual([true, true, true, false, false, false]);
});
