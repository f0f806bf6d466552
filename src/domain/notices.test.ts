import { describe, expect, it } from 'vitest';
import {
  CUSTOMER,
  DRIVER,
  deliveryImage,
  offerImage,
  orderEvent,
  orderImage,
} from './images.testing';
import {
  isStale,
  isWanted,
  NOTICE_CHANNELS,
  NOTICE_KINDS,
  noticeBackoffSeconds,
  noticeKindsOf,
  noticeOf,
  offerNoticeOf,
  waysOut,
} from './notices';
import type { OrderCard } from './views';

const card = (change: Partial<OrderCard> = {}): OrderCard => ({
  order: orderImage('first', { etaFrom: '2026-11-20T12:30:00Z', etaTo: '2026-11-20T12:36:00Z' }),
  delivery: deliveryImage('first', { driverName: 'Dee Driver', status: 'picked_up' }),
  versions: { order: 1, delivery: 1 },
  ...change,
});

const message = (senderRole: 'customer' | 'driver' | 'admin') => ({
  ...{ id: 'm', orderId: 'first', senderId: DRIVER.userId, senderRole },
  ...{ quick: null, body: 'Which floor?', sentAt: '2026-11-20T12:00:00Z' },
});

describe('what a customer is told', () => {
  it.each([
    ['order.accepted', 'accepted', 'accepted'],
    ['order.delayed', 'delayed', 'delayed'],
    ['delivery.picked_up', 'on_the_way', 'on_the_way'],
    ['delivery.imminent', 'arriving', 'imminent'],
    ['delivery.at_dropoff', 'arriving', 'at_the_door'],
    ['order.completed', 'delivered', 'delivered'],
    ['order.rejected', 'stopped', 'rejected'],
    ['order.expired', 'stopped', 'expired'],
    ['order.cancelled', 'stopped', 'cancelled'],
  ])('%s', (type, kind, text) => {
    expect(noticeOf(orderEvent('first', { type }), card())).toMatchObject({
      ...{ kind, text, driver: 'Dee', restaurant: 'Test Kitchen', orderNumber: 1_001 },
      etaTo: '2026-11-20T12:36:00Z',
    });
  });

  it.each(['order.placed', 'order.preparing', 'order.ready', 'order.eta_changed', 'offer.made'])(
    'nothing by %s',
    (type) => {
      expect(noticeOf(orderEvent('first', { type }), card())).toBeNull();
    },
  );

  it('that their pickup is ready at the counter', () => {
    const order = orderImage('first', { fulfilment: 'pickup' });
    expect(noticeOf(orderEvent('first', { type: 'order.ready' }), card({ order }))).toMatchObject({
      text: 'ready_at_counter',
    });
  });

  it('nothing of what they did themselves', () => {
    const order = orderImage('first', { closedBy: 'customer' });
    const cancelled = orderEvent('first', { type: 'order.cancelled' });
    expect(noticeOf(cancelled, card({ order }))).toBeNull();
    const own = orderEvent('first', {
      type: 'message.sent',
      data: { message: message('customer') },
    });
    expect(noticeOf(own, card())).toBeNull();
  });

  it('what the driver and the dispatchers say', () => {
    const said = (role: 'driver' | 'admin') =>
      noticeOf(
        orderEvent('first', { type: 'message.sent', data: { message: message(role) } }),
        card(),
      );
    expect(said('driver')).toMatchObject({ text: 'message', body: 'Which floor?' });
    expect(said('admin')).toMatchObject({ text: 'message_from_staff' });
    expect(CUSTOMER.role).toBe('customer');
  });
});

describe('settings', () => {
  it('are what a person has switched, else what suits most', () => {
    expect(isWanted([], 'delivered', 'email')).toBe(true);
    expect(isWanted([], 'accepted', 'push')).toBe(false);
    const off = [{ kind: 'delivered' as const, channel: 'email' as const, enabled: false }];
    expect(isWanted(off, 'delivered', 'email')).toBe(false);
    expect(isWanted(off, 'delivered', 'page')).toBe(true);
  });

  it('show every kind in the page unless it is switched off; what rings there stands there anyway', () => {
    for (const kind of NOTICE_KINDS) {
      expect(isWanted([], kind, 'page')).toBe(kind !== 'offer' && kind !== 'must_see');
      for (const channel of NOTICE_CHANNELS) {
        expect(isWanted([{ kind, channel, enabled: true }], kind, channel)).toBe(true);
      }
    }
  });
});

it('waits between tries grow, with full jitter, up to an hour', () => {
  expect(noticeBackoffSeconds(1, 0)).toBe(1);
  expect(noticeBackoffSeconds(1, 0.999)).toBeLessThan(11);
  expect(noticeBackoffSeconds(30, 0.999)).toBeLessThan(3_601);
});

it('an offer is told to the driver who is asked, for as long as it can be answered', () => {
  const offer = offerImage('first', DRIVER);
  const event = orderEvent('first', { type: 'offer.made', data: { offer } });
  const told = offerNoticeOf(event, card());
  expect(told).toMatchObject({
    userId: DRIVER.userId,
    content: { kind: 'offer', restaurant: offer.restaurantName, offer: { pay: offer.pay } },
  });
  expect(noticeOf(event, card())).toBeNull();
  const made = new Date(offer.createdAt);
  const at = (ms: number) => new Date(Date.parse(offer.expiresAt) + ms);
  expect(isStale('push', made, at(-1), told?.content.offer)).toBe(false);
  expect(isStale('push', made, at(0), told?.content.offer)).toBe(true);
  const ofRun = (runStop: number) => {
    const part = offerImage('first', DRIVER, { runStop, runSize: 2 });
    return offerNoticeOf({ ...event, data: { offer: part } }, card())?.content.text;
  };
  expect([ofRun(1), ofRun(2)]).toEqual(['offer_run', undefined]);
  const answered = { ...event, type: 'offer.accepted' };
  expect(offerNoticeOf(answered, card())).toBeNull();
});

it('who can switch what', () => {
  expect(noticeKindsOf('driver')).toEqual(['offer']);
  expect(noticeKindsOf('customer')).not.toContain('offer');
  expect([waysOut('offer'), waysOut('delivered')]).toEqual([['push'], ['push', 'email']]);
});

it('a push that comes after its moment is none', () => {
  const at = new Date('2026-11-20T12:00:00Z');
  expect(isStale('push', at, new Date('2026-11-20T12:29:00Z'))).toBe(false);
  expect(isStale('push', at, new Date('2026-11-20T12:31:00Z'))).toBe(true);
  expect(isStale('email', at, new Date('2026-11-20T20:00:00Z'))).toBe(false);
});
