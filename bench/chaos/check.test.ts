import { describe, expect, it } from 'vitest';
import type { DeliveryStatus } from '@/domain/delivery';
import type { LogEvent } from '@/domain/events';
import {
  ADMIN,
  CUSTOMER,
  DRIVER,
  deliveryImage,
  OTHER_DRIVER,
  offerImage,
  orderEvent,
  orderImage,
} from '@/domain/images.testing';
import type { OrderStatus } from '@/domain/order';
import { check, type Facts } from './check';
import { type Action, type Frame, History } from './history';

/** A log of one order, an event for each image, in the order of reading. */
function logOf(...data: LogEvent['data'][]): LogEvent[] {
  return data.map((each, n) =>
    orderEvent('o1', {
      id: `${n + 1}.${n + 1}`,
      version: n + 1,
      data: each,
      driverId: each.delivery?.driverId ?? each.offer?.driverId ?? null,
    }),
  );
}

const order = (status: OrderStatus) => ({ order: orderImage('o1', { status }) });
const delivery = (status: DeliveryStatus, driverId: string | null = null) => ({
  delivery: deliveryImage('o1', { status, driverId }),
});

const WELL = logOf(
  order('placed'),
  order('accepted'),
  delivery('unassigned'),
  delivery('offering'),
  { offer: offerImage('o1', DRIVER) },
  { offer: offerImage('o1', DRIVER, { status: 'accepted' }) },
  delivery('assigned', DRIVER.userId),
  order('preparing'),
  order('ready'),
  delivery('at_pickup', DRIVER.userId),
  delivery('picked_up', DRIVER.userId),
  delivery('at_dropoff', DRIVER.userId),
  delivery('delivered', DRIVER.userId),
  order('completed'),
);

const factsOf = (events: LogEvent[], change: Partial<Facts> = {}): Facts => ({
  events,
  orders: [
    {
      ...{ id: 'o1', status: 'completed', fulfilment: 'delivery', planned: false },
      deliveryStatus: 'delivered',
    },
  ],
  answers: new Map([['k1', { orderId: 'o1' }]]),
  paymentsOwed: 0,
  ...change,
});

const placed: Action = {
  ...{ who: CUSTOMER.userId, path: 'orders.place', key: 'k1', tookMs: 5 },
  outcome: { answer: { orderId: 'o1' } },
  again: null,
};

const idsOf = (events: LogEvent[]) => events.map(({ id }) => id);
const view = (cursor = 'epoch.0.0', kind: 'snapshot' | 'resync' = 'snapshot'): Frame => ({
  ...{ cursor, kind, ids: [] },
});
const message = (...ids: string[]): Frame => ({ cursor: '', kind: 'events', ids });

/** What a board has seen of a log, message by message. */
function seen(frames: Frame[], actions: Action[] = [], ended: string | null = null): History {
  const history = new History();
  history.actions.push(...actions);
  history.feeds.push({ viewer: ADMIN, path: 'admin.watchBoard', frames, ended });
  return history;
}

const all = (events: LogEvent[]) => seen([view(), message(...idsOf(events))], [placed]);
const faults = (history: History, facts: Facts) => check(history, facts).map(({ fault }) => fault);

describe('a history without a fault', () => {
  it('passes, with a customer’s, a driver’s and a board’s feed', () => {
    const history = all(WELL);
    const theirs = WELL.filter(({ data }) => !data.offer);
    history.feeds.push({
      ...{ viewer: CUSTOMER, path: 'orders.watchMine', ended: null },
      frames: [view(), ...idsOf(theirs).map((id) => message(id))],
    });
    const ofDriver = WELL.filter(({ driverId }) => driverId === DRIVER.userId);
    history.feeds.push({
      ...{ viewer: DRIVER, path: 'drivers.watch', ended: null },
      frames: [view(), ...idsOf(ofDriver).map((id) => message(id))],
    });
    expect(check(history, factsOf(WELL))).toEqual([]);
  });

  it('passes when a message came twice, or a fresh view stands for what was missed', () => {
    const ids = idsOf(WELL);
    const twice = seen([view(), message(...ids.slice(0, 5)), message(...ids.slice(3))]);
    expect(check(twice, factsOf(WELL))).toEqual([]);
    const resynced = seen([
      ...[view(), message(...ids.slice(0, 2))],
      ...[view('epoch.9.0', 'resync'), message(...ids.slice(8))],
    ]);
    expect(check(resynced, factsOf(WELL))).toEqual([]);
  });
});

describe('the checker finds', () => {
  it('an order that was confirmed and is not there', () => {
    expect(faults(all(WELL), factsOf(WELL, { orders: [] }))).toEqual(['order_lost']);
  });

  it('an answer without a trace of what it confirmed', () => {
    expect(faults(all(WELL), factsOf(WELL, { answers: new Map() }))).toEqual(['answer_lost']);
  });

  it('one key with two answers', () => {
    const twice = { ...placed, again: { answer: { orderId: 'o2' } } };
    const history = seen([view(), message(...idsOf(WELL))], [twice]);
    expect(faults(history, factsOf(WELL))).toEqual(['answered_twice']);
  });

  it('an event that is missing in the midst, and one at the end', () => {
    const ids = idsOf(WELL);
    const gap = seen([view(), message(...ids.slice(0, 4), ...ids.slice(5))]);
    expect(faults(gap, factsOf(WELL))).toEqual(['event_missing']);
    const short = seen([view(), message(...ids.slice(0, -1))]);
    expect(faults(short, factsOf(WELL))).toEqual(['event_missing']);
  });

  it('an event that the view had already, or that came after a later one', () => {
    const ids = idsOf(WELL);
    const again = seen([view('epoch.3.0'), message(...ids)]);
    expect(faults(again, factsOf(WELL))).toEqual(['event_out_of_order', 'event_out_of_order']);
    const [first = '', second = '', ...rest] = ids;
    const swapped = seen([view(), message(second, first, ...rest)]);
    expect(faults(swapped, factsOf(WELL))).toEqual(['event_missing', 'event_out_of_order']);
  });

  it('an event that the log does not have', () => {
    const phantom = seen([view(), message(...idsOf(WELL), '99.99')]);
    expect(faults(phantom, factsOf(WELL))).toEqual(['event_foreign']);
  });

  it('a feed that ended, or never began', () => {
    const ended = seen([view(), message(...idsOf(WELL))], [], 'unknown');
    expect(faults(ended, factsOf(WELL))).toEqual(['feed_ended']);
    expect(faults(seen([]), factsOf(WELL))).toEqual(['event_missing']);
  });

  it('steps that the machines do not have', () => {
    const jump = logOf(order('placed'), order('ready'));
    expect(faults(all(jump), factsOf(jump))).toEqual(['illegal_step']);
    const back = logOf(order('placed'), order('accepted'), order('placed'));
    expect(faults(all(back), factsOf(back))).toEqual(['illegal_step']);
    const unborn = logOf(order('placed'), delivery('assigned', DRIVER.userId));
    expect(faults(all(unborn), factsOf(unborn))).toEqual(['illegal_step']);
  });

  it('a version that is missing in the log', () => {
    const events = logOf(order('placed'), order('accepted')).map((event) =>
      event.version === 2 ? { ...event, version: 3 } : event,
    );
    expect(faults(all(events), factsOf(events))).toEqual(['version_gap']);
  });

  it('a delivery with two drivers', () => {
    const taken = logOf(
      ...[order('placed'), delivery('unassigned'), delivery('offering')],
      delivery('assigned', DRIVER.userId),
      delivery('assigned', OTHER_DRIVER.userId),
    );
    expect(faults(all(taken), factsOf(taken))).toEqual(['two_drivers']);
    const accepted = logOf(
      ...[order('placed'), delivery('unassigned'), delivery('offering')],
      ...[DRIVER, OTHER_DRIVER].map((driver) => ({ offer: offerImage('o1', driver) })),
      ...[DRIVER, OTHER_DRIVER].map((driver) => ({
        offer: offerImage('o1', driver, { status: 'accepted' }),
      })),
    );
    expect(faults(all(accepted), factsOf(accepted))).toEqual(['two_drivers']);
  });

  it('no fault in a delivery that was handed back and went to another driver', () => {
    const passedOn = logOf(
      ...[order('placed'), delivery('unassigned'), delivery('offering')],
      { offer: offerImage('o1', DRIVER) },
      { offer: offerImage('o1', DRIVER, { status: 'accepted' }) },
      ...[delivery('assigned', DRIVER.userId), delivery('offering')],
      { offer: offerImage('o1', OTHER_DRIVER) },
      { offer: offerImage('o1', OTHER_DRIVER, { status: 'accepted' }) },
      delivery('assigned', OTHER_DRIVER.userId),
    );
    expect(check(all(passedOn), factsOf(passedOn))).toEqual([]);
  });

  it('what does not end, but not what a person sees', () => {
    const open = { id: 'o1', status: 'preparing', fulfilment: 'delivery' } as const;
    const stuck = { ...open, deliveryStatus: 'offering', planned: false };
    expect(faults(all(WELL), factsOf(WELL, { orders: [stuck] }))).toEqual(['stuck']);
    for (const fine of [
      { ...stuck, deliveryStatus: 'no_driver' },
      { ...stuck, planned: true },
    ]) {
      expect(faults(all(WELL), factsOf(WELL, { orders: [fine] }))).toEqual([]);
    }
    expect(faults(all(WELL), factsOf(WELL, { paymentsOwed: 1 }))).toEqual(['stuck']);
  });

  it('an error that nobody foresaw', () => {
    const failed = { ...placed, outcome: { refused: 'unknown' } };
    const history = seen([view(), message(...idsOf(WELL))], [failed]);
    expect(faults(history, factsOf(WELL))).toEqual(['unforeseen_error']);
  });
});
