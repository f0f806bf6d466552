import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DELIVERY_STATES, type DeliveryStatus } from './delivery';
import {
  type EtaFacts,
  isDelayed,
  isImminent,
  kitchenPace,
  minutesToGo,
  observedPace,
  predict,
  quoteMinutes,
  rideMinutes,
} from './eta';
import { isOpenOrder, ORDER_STATES } from './order';

const now = new Date('2026-11-20T12:00:00Z');
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();

const facts = (change: Partial<EtaFacts> = {}): EtaFacts => ({
  now,
  order: {
    status: 'preparing',
    fulfilment: 'delivery',
    readyEstimateAt: inMinutes(10),
    prepMinutes: 15,
    slotFrom: null,
  },
  delivery: { status: 'assigned' },
  tripDistanceM: 2_000,
  courier: { distanceM: 500, paceMps: 3, usualMps: 3 },
  legMinutes: 0,
  kitchenAhead: 0,
  kitchenPace: 1,
  waitingAhead: 0,
  freeDrivers: 3,
  onlineDrivers: 12,
  ...change,
});
const minutesOn = (status: DeliveryStatus, change: Partial<EtaFacts> = {}): number =>
  predict(facts({ delivery: { status }, ...change }))?.minutes ?? Number.NaN;

const meters = fc.double({ min: 0, max: 20_000, noNaN: true });
const minutes = fc.integer({ min: 0, max: 240 });
const pace = fc.double({ min: 0.5, max: 15, noNaN: true });
const OPEN = ORDER_STATES.filter(isOpenOrder);

const anyFacts = fc.record<EtaFacts>({
  now: fc.constant(now),
  order: fc.record({
    status: fc.constantFrom(...OPEN),
    fulfilment: fc.constantFrom('delivery' as const, 'pickup' as const),
    readyEstimateAt: fc.option(fc.integer({ min: -60, max: 60 }).map(inMinutes)),
    prepMinutes: minutes,
    slotFrom: fc.option(fc.integer({ min: -60, max: 600 }).map(inMinutes)),
  }),
  delivery: fc.option(fc.record({ status: fc.constantFrom(...DELIVERY_STATES) })),
  tripDistanceM: meters,
  courier: fc.option(fc.record({ distanceM: meters, paceMps: pace, usualMps: pace })),
  legMinutes: minutes,
  kitchenAhead: fc.integer({ min: 0, max: 40 }),
  kitchenPace: fc.double({ min: 0.3, max: 3, noNaN: true }),
  waitingAhead: fc.integer({ min: 0, max: 40 }),
  freeDrivers: fc.integer({ min: 0, max: 40 }),
  onlineDrivers: fc.integer({ min: 0, max: 80 }),
});

it('a ride of 2 km by bike takes ten minutes: detour and pace included', () => {
  expect(rideMinutes(2_000)).toBeCloseTo((2_000 * 1.3) / 4.2 / 60);
  expect(rideMinutes(0)).toBe(0);
});

describe('a quote', () => {
  it('is a window of whole minutes that starts in the future and holds the preparation', () => {
    fc.assert(
      fc.property(minutes, meters, (prep, distance) => {
        const { from, to } = quoteMinutes(prep, distance);
        expect([from, to].every(Number.isInteger)).toBe(true);
        expect(from).toBeGreaterThanOrEqual(1);
        expect(to - from).toBeGreaterThanOrEqual(2);
        expect(to).toBeGreaterThanOrEqual(prep);
      }),
    );
  });

  it('never gets shorter with the distance, or with the time that the kitchen needs', () => {
    fc.assert(
      fc.property(minutes, meters, minutes, meters, (prep, distance, morePrep, moreDistance) => {
        const near = quoteMinutes(prep, distance);
        const far = quoteMinutes(prep + morePrep, distance + moreDistance);
        expect(far.from).toBeGreaterThanOrEqual(near.from);
        expect(far.to).toBeGreaterThanOrEqual(near.to);
      }),
    );
  });
});

describe('a prediction', () => {
  it('exists for every order that is open, and for no other', () => {
    fc.assert(
      fc.property(anyFacts, (any) => {
        expect(predict(any)?.minutes).toBeGreaterThanOrEqual(0);
      }),
    );
    for (const status of ORDER_STATES.filter((one) => !isOpenOrder(one))) {
      const order = { ...facts().order, status };
      expect(predict(facts({ order })), status).toBeNull();
    }
  });

  it('never gets shorter with the trip, the way, the kitchen’s queue or the wait for a driver', () => {
    fc.assert(
      fc.property(anyFacts, meters, minutes, (any, more, queue) => {
        const before = predict(any)?.minutes ?? Number.NaN;
        const worse: Partial<EtaFacts>[] = [
          { tripDistanceM: any.tripDistanceM + more },
          { kitchenAhead: any.kitchenAhead + queue },
          { waitingAhead: any.waitingAhead + queue },
          any.courier
            ? { courier: { ...any.courier, distanceM: any.courier.distanceM + more } }
            : {},
        ];
        for (const change of worse) {
          expect(predict({ ...any, ...change })?.minutes).toBeGreaterThanOrEqual(before - 1e-9);
        }
      }),
    );
  });

  it('shrinks from step to step of the same delivery', () => {
    const steps = ['unassigned', 'assigned', 'at_pickup', 'picked_up', 'at_dropoff'] as const;
    const all = steps.map((status) => minutesOn(status));
    expect(all).toEqual([...all].sort((a, b) => b - a));
  });

  it('waits for the later of food and courier', () => {
    const slowFood = minutesOn('assigned', { courier: { distanceM: 0, paceMps: 3, usualMps: 3 } });
    expect(minutesOn('assigned')).toBeCloseTo(slowFood);
    const far = minutesOn('assigned', { courier: { distanceM: 3_600, paceMps: 3, usualMps: 3 } });
    expect(far - slowFood).toBeCloseTo(20 - 10);
  });

  it('follows the courier’s real pace on the way to the door', () => {
    const slow = minutesOn('picked_up', { courier: { distanceM: 1_200, paceMps: 2, usualMps: 3 } });
    const fast = minutesOn('picked_up', { courier: { distanceM: 1_200, paceMps: 4, usualMps: 3 } });
    expect(slow - fast).toBeCloseTo(5);
  });

  it('without a position goes by the time that has passed on the leg, never below a minute', () => {
    const early = minutesOn('picked_up', { courier: null, legMinutes: 0 });
    expect(early - minutesOn('picked_up', { courier: null, legMinutes: 4 })).toBeCloseTo(4);
    expect(minutesOn('picked_up', { courier: null, legMinutes: 500 })).toBe(3);
  });

  it('expects a kitchen that is late to go on being late', () => {
    const order = { ...facts().order, readyEstimateAt: inMinutes(-20) };
    const overdue = minutesOn('at_pickup', { order });
    const ready = minutesOn('at_pickup', { order: { ...order, status: 'ready' } });
    expect(overdue - ready).toBeCloseTo(20 * 0.25 - 1.5);
  });

  it('believes what a kitchen does, not what it says', () => {
    const usual = minutesOn('at_pickup');
    expect(minutesOn('at_pickup', { kitchenPace: 1.4 }) - usual).toBeCloseTo(15 * 0.4);
    expect(usual - minutesOn('at_pickup', { kitchenPace: 0.8 })).toBeCloseTo(15 * 0.2);
  });

  it('adds the wait for the next driver when none is free, and more when nobody was found', () => {
    // A kitchen that is done, so that the courier decides.
    const order = { ...facts().order, status: 'ready' as const };
    const free = minutesOn('offering', { order, waitingAhead: 4, freeDrivers: 5 });
    const none = minutesOn('offering', { order, waitingAhead: 4, freeDrivers: 0 });
    expect(none - free).toBeCloseTo((5 * 24) / 12);
    expect(minutesOn('no_driver', { order }) - free).toBeCloseTo(10);
  });

  it('never says earlier than the slot that was asked for', () => {
    const order = { ...facts().order, slotFrom: inMinutes(90) };
    expect(minutesOn('picked_up', { order })).toBeCloseTo(90);
  });

  it('of a pickup at the counter is when the food is ready', () => {
    const order = { ...facts().order, fulfilment: 'pickup' as const };
    expect(predict(facts({ order, delivery: null }))).toEqual({ stage: 'kitchen', minutes: 10 });
  });
});

describe('the pace of a courier', () => {
  it('is the vehicle’s at first, and theirs in the end', () => {
    const start = { lengthM: 5_000, remainingM: 5_000, elapsedS: 0 };
    expect(observedPace('bike', start)).toBeCloseTo(4.2 / 1.3);
    const fast = { lengthM: 50_000, remainingM: 0, elapsedS: 50_000 / 8 };
    expect(observedPace('bike', fast)).toBeGreaterThan(7.5);
    const stuck = { lengthM: 5_000, remainingM: 5_000, elapsedS: 600 };
    expect(observedPace('bike', stuck)).toBeLessThan(1);
  });

  it('does not become negative by a way in the wrong direction', () => {
    expect(observedPace('car', { lengthM: 100, remainingM: 900, elapsedS: 60 })).toBeGreaterThan(0);
  });
});

it('the pace of a kitchen is what it says at first, and what it does in the end', () => {
  expect(kitchenPace({ orders: 0, saidMinutes: 0, tookMinutes: 0 })).toBe(1);
  expect(kitchenPace({ orders: 1, saidMinutes: 15, tookMinutes: 30 })).toBeCloseTo(1.2);
  expect(kitchenPace({ orders: 20, saidMinutes: 300, tookMinutes: 450 })).toBeCloseTo(1.417, 2);
});

it('a delay is told when the window ends more than two minutes after the promise', () => {
  const promised = new Date(inMinutes(20));
  expect(isDelayed(promised, new Date(inMinutes(22)))).toBe(false);
  expect(isDelayed(promised, new Date(inMinutes(23)))).toBe(true);
});

it('a courier with the food is imminent within 300 m or a minute', () => {
  expect(isImminent('picked_up', { distanceM: 300, paceMps: 1, usualMps: 4 })).toBe(true);
  expect(isImminent('picked_up', { distanceM: 301, paceMps: 4, usualMps: 4 })).toBe(false);
  expect(isImminent('picked_up', { distanceM: 420, paceMps: 7, usualMps: 4 })).toBe(true);
  expect(isImminent('picked_up', null)).toBe(false);
  expect(isImminent('at_pickup', { distanceM: 10, paceMps: 4, usualMps: 4 })).toBe(false);
});

describe('minutes to go', () => {
  const order = {
    status: 'preparing' as const,
    etaFrom: inMinutes(12),
    etaTo: inMinutes(16),
    promisedFrom: inMinutes(20),
    promisedTo: inMinutes(30),
  };

  it('are those of the window believed now, else of the promise', () => {
    expect(minutesToGo(order, now)).toEqual({ from: 12, to: 16 });
    const first = { ...order, etaFrom: null, etaTo: null };
    expect(minutesToGo(first, now)).toEqual({ from: 20, to: 30 });
    expect(minutesToGo({ ...order, status: 'completed' }, now)).toBeNull();
  });

  it('never go below “now”, however late it is', () => {
    expect(minutesToGo(order, new Date(inMinutes(99)))).toEqual({ from: 0, to: 1 });
  });
});
