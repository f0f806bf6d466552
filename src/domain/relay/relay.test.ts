import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderEvent, orderImage } from '@/domain/images.testing';
import { RELAY_ATTEMPTS, relayBackoffSeconds } from './destination';
import { EventPattern, wants } from './event-filter';
import { outsideEvent } from './outside-event';

describe('the wait before the next try', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('lies anywhere in a span that doubles up to a quarter of an hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), random, (attempts, share) => {
        const span = Math.min(900, 2 ** (attempts - 1));
        expect(relayBackoffSeconds(attempts, share)).toBeCloseTo(span * share, 6);
      }),
    );
  });

  it('is as long as the other side asks for, up to an hour', () => {
    expect(relayBackoffSeconds(1, 0.5, 120)).toBe(120);
    expect(relayBackoffSeconds(1, 0.5, 1e9)).toBe(3_600);
  });

  it('adds up to about half an hour before an event is given up', () => {
    const waits = Array.from({ length: RELAY_ATTEMPTS - 1 }, (_, n) =>
      relayBackoffSeconds(n + 1, 0.5),
    );
    const minutes = waits.reduce((sum, wait) => sum + wait, 0) / 60;
    expect(minutes).toBeGreaterThan(15);
    expect(minutes).toBeLessThan(45);
  });
});

describe('a filter', () => {
  const event = { type: 'order.placed', restaurantId: 'r1', driverId: null };
  const EVERYWHERE = { eventTypes: ['*'], restaurantId: null, zoneId: null };
  const NO_ZONES = new Map<string, string>();

  it.each([
    [['*'], true],
    [['order.*'], true],
    [['order.placed'], true],
    [['delivery.*', 'order.placed'], true],
    [['order.place'], false],
    [['orders.*'], false],
    [['delivery.*'], false],
    [[], false],
  ])('%j', (eventTypes, wanted) => {
    expect(wants({ ...EVERYWHERE, eventTypes }, event, NO_ZONES)).toBe(wanted);
  });

  it('of a restaurant takes nothing of another, nor what is about none', () => {
    const filter = { ...EVERYWHERE, restaurantId: 'r1' };
    const online = { type: 'driver.online', restaurantId: null, driverId: 'd1' };
    expect(wants(filter, event, NO_ZONES)).toBe(true);
    expect(wants(filter, { ...event, restaurantId: 'r2' }, NO_ZONES)).toBe(false);
    expect(wants(filter, online, NO_ZONES)).toBe(false);
  });

  it('of a zone takes what is about its restaurants, and about its drivers alone', () => {
    const filter = { ...EVERYWHERE, zoneId: 'north' };
    const zones = new Map([
      ['r1', 'north'],
      ['r2', 'south'],
      ['d1', 'north'],
      ['d2', 'south'],
    ]);
    const about = (restaurantId: string | null, driverId: string | null) =>
      wants(filter, { ...event, restaurantId, driverId }, zones);
    expect([about('r1', null), about('r2', null)]).toEqual([true, false]);
    expect([about(null, 'd1'), about(null, 'd2')]).toEqual([true, false]);
    // Where a driver of elsewhere helps out, the restaurant counts.
    expect([about('r1', 'd2'), about('r2', 'd1')]).toEqual([true, false]);
    expect([about(null, null), about('r3', null)]).toEqual([false, false]);
  });

  it('is made of types, and of a star for what comes last', () => {
    for (const pattern of ['*', 'order.*', 'must_see.raised']) {
      expect(EventPattern.safeParse(pattern).success, pattern).toBe(true);
    }
    for (const pattern of ['', 'order', '*.placed', 'order.p*', 'Order.placed', 'order.placed ']) {
      expect(EventPattern.safeParse(pattern).success, pattern).toBe(false);
    }
  });
});

it('the PIN of a handover stays inside', () => {
  const order = orderImage('first', { pin: '0642' });
  const event = orderEvent('first', { type: 'order.placed', data: { order } });
  expect(JSON.stringify(outsideEvent(event))).not.toContain('0642');
  expect(outsideEvent(event).data.order).toEqual({ ...order, pin: null });
});
