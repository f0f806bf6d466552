import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DELIVERY_STATES, type DeliveryStatus } from './delivery';
import { type EtaInput, quoteMinutes, remainingMinutes, rideMinutes } from './eta';
import { isOpenOrder, ORDER_STATES } from './order';

const now = new Date('2026-11-20T12:00:00Z');
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();

const input = (change: Partial<EtaInput> = {}): EtaInput => ({
  order: { status: 'preparing', readyEstimateAt: inMinutes(10), prepMinutes: 15 },
  delivery: { status: 'assigned' },
  tripDistanceM: 2_000,
  courierDistanceM: 500,
  now,
  ...change,
});
const on = (status: DeliveryStatus, change: Partial<EtaInput> = {}) =>
  remainingMinutes(input({ delivery: { status }, ...change }));

const meters = fc.double({ min: 0, max: 20_000, noNaN: true });
const minutes = fc.integer({ min: 0, max: 240 });
const OPEN = ORDER_STATES.filter(isOpenOrder);

describe('a ride', () => {
  it('of 2 km by bike takes ten minutes: detour and pace included', () => {
    expect(rideMinutes(2_000)).toBeCloseTo((2_000 * 1.3) / 4.2 / 60);
    expect(rideMinutes(0)).toBe(0);
  });
});

describe('a quote', () => {
  it('is a window of whole minutes that starts in the future', () => {
    fc.assert(
      fc.property(minutes, meters, (prep, distance) => {
        const { from, to } = quoteMinutes(prep, distance);
        expect([from, to].every(Number.isInteger)).toBe(true);
        expect(from).toBeGreaterThanOrEqual(1);
        expect(to - from).toBeGreaterThanOrEqual(3);
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

describe('what remains', () => {
  const anyInput = fc.record<EtaInput>({
    order: fc.record({
      status: fc.constantFrom(...OPEN),
      readyEstimateAt: fc.option(fc.integer({ min: -60, max: 60 }).map(inMinutes)),
      prepMinutes: minutes,
    }),
    delivery: fc.option(fc.record({ status: fc.constantFrom(...DELIVERY_STATES) })),
    tripDistanceM: meters,
    courierDistanceM: fc.option(meters),
    now: fc.constant(now),
  });

  it('is a window for every order that is open, and nothing for any that is not', () => {
    fc.assert(
      fc.property(anyInput, (any) => {
        const window = remainingMinutes(any);
        expect(window).not.toBeNull();
        expect(window?.from).toBeGreaterThanOrEqual(0);
        expect(window?.to).toBeGreaterThan(window?.from ?? Number.NaN);
      }),
    );
    for (const status of ORDER_STATES.filter((one) => !isOpenOrder(one))) {
      const order = { ...input().order, status };
      expect(remainingMinutes(input({ order })), status).toBeNull();
    }
  });

  it('never gets shorter with the trip or with the courier’s way to the next stop', () => {
    fc.assert(
      fc.property(anyInput, meters, meters, (any, trip, way) => {
        const near = remainingMinutes(any);
        const far = remainingMinutes({
          ...any,
          tripDistanceM: any.tripDistanceM + trip,
          courierDistanceM: any.courierDistanceM === null ? null : any.courierDistanceM + way,
        });
        expect(far?.from).toBeGreaterThanOrEqual(near?.from ?? Number.NaN);
        expect(far?.to).toBeGreaterThanOrEqual(near?.to ?? Number.NaN);
      }),
    );
  });

  it('shrinks from leg to leg', () => {
    const legs: DeliveryStatus[] = ['offering', 'assigned', 'at_pickup', 'picked_up', 'at_dropoff'];
    const ends = legs.map((status) => on(status)?.to ?? Number.NaN);
    expect(ends).toEqual([...ends].sort((a, b) => b - a));
    expect(new Set(ends).size).toBe(legs.length);
  });

  it('at the door is a minute at the most', () => {
    expect(on('at_dropoff')).toEqual({ from: 0, to: 1 });
  });

  it('waits for the kitchen while the courier is early, and for the courier while they are late', () => {
    const early = on('assigned', { courierDistanceM: 0 });
    expect(early).toEqual(on('assigned', { courierDistanceM: 1_000 }));
    const late = on('assigned', { courierDistanceM: 5_000 });
    expect(late?.from).toBeGreaterThan(early?.from ?? Number.NaN);
  });

  it('takes an estimate of the kitchen that has passed for now, not for an earlier arrival', () => {
    const passed = { ...input().order, readyEstimateAt: inMinutes(-30) };
    const due = { ...input().order, readyEstimateAt: inMinutes(0) };
    expect(on('at_pickup', { order: passed })).toEqual(on('at_pickup', { order: due }));
  });

  it('falls back on the trip when nobody knows where the courier is', () => {
    const unknown = on('picked_up', { courierDistanceM: null });
    expect(unknown).toEqual(on('picked_up', { courierDistanceM: 2_000 }));
  });
});
