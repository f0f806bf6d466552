import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usualPace } from '@/domain/eta';
import { destinationPoint } from '@/domain/geo';
import { planBatch } from './batch';
import {
  type CarriedFacts,
  type DriverFacts,
  freedBy,
  liveSnapshot,
  type OpenFacts,
  TOWN_SERVICES,
  type ZoneFacts,
} from './live-snapshot';
import { BatchPolicySchema } from './policy';

const HOME = { lat: 38, lng: -29 };
const at = (meters: number) => destinationPoint(HOME, 90, meters);
const NOW = 10_000;

const driver = (id: string, meters: number, change: Partial<DriverFacts> = {}): DriverFacts => ({
  ...{ id, vehicle: 'bike', capacity: 3, at: at(meters), positionAgeSeconds: 2, onDuty: true },
  ...{ pendingOffers: 0, refused: 0, asked: 0, idleSince: NOW - 60, carries: [] },
  ...change,
});

const open = (id: string, change: Partial<OpenFacts> = {}): OpenFacts => ({
  ...{ id, restaurantId: 'kitchen', pickup: at(0), dropoff: at(1_500), placedAt: NOW - 300 },
  ...{ readyAt: NOW, emptyRounds: 0, declinedBy: [], unansweredBy: [] },
  ...change,
});

const carried = (status: CarriedFacts['status'], change: Partial<CarriedFacts> = {}) => ({
  ...{ id: 'carried', status, pickup: at(0), dropoff: at(840), readyAt: NOW - 10 },
  ...{ assignedAt: '2026-05-01T12:00:00Z', runId: null, runStop: null },
  ...change,
});

const plan = (facts: Partial<ZoneFacts>) =>
  planBatch({
    snapshot: liveSnapshot({ deliveries: [], drivers: [], demand: [], ...facts }, NOW),
    policy: BatchPolicySchema.parse({ leadSeconds: 3_600 }),
    now: NOW,
    random: 0.5,
  });

describe('when a driver is free', () => {
  const { beforePickup, afterPickup, beforeDropoff, afterDropoff } = TOWN_SERVICES;
  const ride = (meters: number) => meters / usualPace('bike');

  it.each<[string, CarriedFacts[], number]>([
    ['at the door', [carried('at_dropoff')], afterDropoff],
    ['on the way', [carried('picked_up')], ride(840) + beforeDropoff + afterDropoff],
    [
      'on the way to the pickup, food not ready',
      [carried('assigned', { readyAt: NOW + 600 })],
      600 + afterPickup + ride(840) + beforeDropoff + afterDropoff,
    ],
  ])('%s', (_, carries, seconds) => {
    const { freeAt } = freedBy(driver('Ana', 0, { carries }), NOW);
    expect(freeAt - NOW).toBeCloseTo(seconds, 0);
  });

  it('after the last stop of a run, there', () => {
    const run = { runId: 'r', assignedAt: '2026-05-01T12:00:00Z' };
    const carries = [
      carried('assigned', { ...run, id: 'far', runStop: 2, dropoff: at(2_000) }),
      carried('assigned', { ...run, id: 'near', runStop: 1, dropoff: at(840) }),
    ];
    const freed = freedBy(driver('Ana', 0, { carries }), NOW);
    const stops = 2 * (beforePickup + afterPickup + beforeDropoff + afterDropoff);
    expect(freed.freeAt - NOW).toBeCloseTo(ride(2_000) + stops, 0);
    expect(freed.at.lng).toBeCloseTo(at(2_000).lng, 6);
  });
});

describe('a zone as the planner is shown it', () => {
  it('bundles two orders of one restaurant for the only driver', () => {
    const deliveries = [open('A'), open('B', { dropoff: at(1_600) })];
    const [decision] = plan({ deliveries, drivers: [driver('Ana', 100)] });
    expect(decision).toMatchObject({ kind: 'offer', deliveryIds: ['A', 'B'], driverId: 'Ana' });
  });

  it('measures as the globe does, to half a percent, wherever the zone lies', () => {
    const place = fc.record({
      lat: fc.double({ min: -65, max: 65, noNaN: true }),
      lng: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    const bearing = fc.integer({ min: 0, max: 359 });
    const meters = fc.integer({ min: 10, max: 15_000 });
    fc.assert(
      fc.property(place, bearing, meters, (pickup, angle, length) => {
        const dropoff = destinationPoint(pickup, angle, length);
        const snapshot = liveSnapshot(
          { deliveries: [open('A', { pickup, dropoff })], drivers: [], demand: [] },
          NOW,
        );
        const [only] = snapshot.deliveries;
        const measured = only ? snapshot.distanceM(only.pickup, only.dropoff) : 0;
        expect(Math.abs(measured - length)).toBeLessThan(Math.max(1, length * 0.005));
      }),
    );
  });

  it('takes a faster vehicle from further away', () => {
    const drivers = [driver('Bike', 700), driver('Scooter', 900, { vehicle: 'scooter' })];
    expect(plan({ deliveries: [open('A')], drivers })[0]).toMatchObject({ driverId: 'Scooter' });
  });

  it('leaves out who is on a break, has said no, or has no room, and says so', () => {
    const drivers = [
      driver('Break', 50, { onDuty: false }),
      driver('No', 60),
      driver('Full', 70, {
        capacity: 1,
        carries: [carried('picked_up', { dropoff: at(9_000) })],
      }),
      driver('Free', 900),
    ];
    const [decision] = plan({ deliveries: [open('A', { declinedBy: ['No'] })], drivers });
    expect(decision).toMatchObject({ kind: 'offer', driverId: 'Free' });
    const told = decision && decision.kind === 'offer' ? decision.considered : [];
    expect(Object.fromEntries(told.map(({ driverId, verdict }) => [driverId, verdict]))).toEqual({
      ...{ Break: 'off_duty', No: 'declined', Free: 'chosen' },
      Full: 'not_free_soon',
    });
  });
});
