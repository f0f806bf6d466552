import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPolicy, policyOf, type ZonePolicy } from '@/domain/dispatch/zone-policy';
import { destinationPoint, haversineMeters } from '@/domain/geo';
import { figuresOf } from './figures';
import { replay } from './replay';
import { inequality, quantile } from './statistics';
import { pairOf, type Story, type StoryDriver, type StoryOrder } from './story';

const CENTRE = { lat: 37.9, lng: -29.6 };
const START = 1_800_000_000;
const PACE = 5;
const place = (bearing: number, meters: number) => destinationPoint(CENTRE, bearing, meters);

const order = (id: string, after: number, change: Partial<StoryOrder> = {}): StoryOrder => ({
  ...{ deliveryId: id, restaurantId: 'kitchen', pickup: CENTRE, dropoff: place(90, 1_000) },
  ...{ placedAt: START + after, searchAt: START + after, promisedTo: START + after + 1_800 },
  ...{ readyEstimateAt: START + after + 300, readyAt: START + after + 300 },
  ...change,
});

const driver = (id: string, meters: number, change: Partial<StoryDriver> = {}): StoryDriver => ({
  ...{ id, vehicle: 'bike', capacity: 1, shifts: [{ from: START, to: START + 20_000 }] },
  ...{ track: [{ at: place(0, meters), seconds: START }], firstJobAt: Number.POSITIVE_INFINITY },
  ...change,
});

const story = (change: Partial<Story> & { acceptance?: number } = {}): Story => {
  const { acceptance = 1, ...rest } = change;
  return {
    ...{ from: START, to: START + 7_200, orders: [], drivers: [] },
    recorded: { outcomes: [], offers: 0, refused: 0 },
    leftOut: { orders: 0, drivers: 0 },
    habits: {
      ...{ acceptance, answerSeconds: 4, paceOf: () => PACE, answered: new Map() },
      services: { beforePickup: 30, afterPickup: 0, beforeDropoff: 20, afterDropoff: 10 },
    },
    ...rest,
  };
};

const NEAREST = defaultPolicy('nearest');
const BROADCAST = defaultPolicy('broadcast');
const BATCH = defaultPolicy('batch');
const POLICIES = [
  ['nearest', NEAREST],
  ['broadcast', BROADCAST],
  ['batch', BATCH],
] as const;

describe.each(POLICIES)('a stretch that is run again, policy %s', (_, policy) => {
  it('gives each order to somebody on duty, once, and keeps the order of things', () => {
    const aStory = fc.record({
      orders: fc.array(fc.tuple(fc.nat(3_600), fc.nat(359), fc.nat(3_000), fc.nat(900)), {
        maxLength: 10,
      }),
      drivers: fc.array(fc.tuple(fc.nat(4_000), fc.nat(3_000), fc.integer({ min: 1, max: 2 })), {
        minLength: 1,
        maxLength: 5,
      }),
      acceptance: fc.constantFrom(0.3, 0.7, 1),
      seed: fc.nat(1_000),
    });
    // Fewer rounds: the rules are the same, and the test is fast.
    const coarse =
      policy.kind === 'batch' ? { ...policy, windowSeconds: 60, maxTripsTried: 500 } : policy;
    fc.assert(
      fc.property(aStory, ({ orders, drivers, acceptance, seed }) => {
        const told = story({
          acceptance,
          orders: orders.map(([after, bearing, meters, ready], n) =>
            order(`o${n}`, after, {
              dropoff: place(bearing, meters),
              readyAt: START + after + ready,
            }),
          ),
          drivers: drivers.map(([meters, from, capacity], n) =>
            driver(`d${n}`, meters, {
              capacity,
              shifts: [{ from: START + from, to: START + 9_000 }],
            }),
          ),
        });
        const run = replay(told, coarse, { seed });
        expect(run).toEqual(replay(told, coarse, { seed }));
        const ids = run.outcomes.map(({ order: { deliveryId } }) => deliveryId);
        expect(ids.toSorted()).toEqual(told.orders.map(({ deliveryId }) => deliveryId).toSorted());
        for (const outcome of run.outcomes) {
          if (outcome.deliveredAt === null) continue;
          const { assignedAt, arrivedAt, pickedUpAt, deliveredAt } = outcome;
          const carrier = told.drivers.find(({ id }) => id === outcome.driverId);
          const [shift] = carrier?.shifts ?? [];
          expect(outcome.order.searchAt).toBeLessThanOrEqual(assignedAt ?? 0);
          expect(shift?.from).toBeLessThanOrEqual(assignedAt ?? 0);
          expect(assignedAt).toBeLessThanOrEqual(arrivedAt ?? 0);
          expect(outcome.order.readyAt).toBeLessThanOrEqual(pickedUpAt ?? 0);
          expect(arrivedAt).toBeLessThanOrEqual(pickedUpAt ?? 0);
          expect(pickedUpAt).toBeLessThan(deliveredAt);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('takes as long as the way, the counter and the door take', () => {
    const told = story({ orders: [order('one', 0)], drivers: [driver('dee', 500)] });
    const [outcome] = replay(told, policy).outcomes;
    const { assignedAt, arrivedAt, pickedUpAt, deliveredAt, distanceM } = outcome ?? {};
    expect(arrivedAt).toBeCloseTo((assignedAt ?? 0) + 500 / PACE, 3);
    expect(pickedUpAt).toBeCloseTo(Math.max(START + 300, (arrivedAt ?? 0) + 30), 3);
    expect(deliveredAt).toBeCloseTo((pickedUpAt ?? 0) + 1_000 / PACE + 20, 3);
    expect(distanceM).toBeCloseTo(1_500, 3);
  });

  it('asks nobody who is off duty, and looks again when somebody comes', () => {
    const told = story({
      orders: [order('one', 0)],
      drivers: [
        driver('gone', 100, { shifts: [{ from: START - 500, to: START - 1 }] }),
        driver('late', 900, { shifts: [{ from: START + 50, to: START + 9_000 }] }),
      ],
    });
    const [outcome] = replay(told, policy).outcomes;
    expect(outcome?.driverId).toBe('late');
    expect(outcome?.assignedAt).toBeGreaterThan(START + 50);
  });

  it('hears from everybody what they really said', () => {
    const answered = new Map([[pairOf('near', 'one'), 'no' as const]]);
    const told = story({
      orders: [order('one', 0)],
      drivers: [driver('near', 10), driver('far', 800)],
    });
    const run = replay({ ...told, habits: { ...told.habits, answered } }, policy);
    expect(run.outcomes[0]?.driverId).toBe('far');
    expect(run.refused).toBe(run.offers - 1);
  });

  it('says how far it has come, never back', () => {
    const orders = [0, 600, 1_200].map((after) => order(`o${after}`, after));
    const moments: number[] = [];
    replay(story({ orders, drivers: [driver('dee', 100)] }), policy, {
      reached: (now) => moments.push(now),
    });
    expect(moments[0]).toBe(START);
    expect(moments.at(-1)).toBeGreaterThan(START + 1_200);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  });

  it('gives up when nobody ever wants it', () => {
    const told = story({ orders: [order('one', 0)], drivers: [driver('dee', 100)], acceptance: 0 });
    expect(replay(told, policy).outcomes[0]).toMatchObject({ driverId: null, deliveredAt: null });
  });
});

it('a driver stands where they were recorded, until their first job, and then where it left them', () => {
  const track = [0, 100, 200].map((after, n) => ({
    at: place(0, n * 1_000),
    seconds: START + after,
  }));
  const roaming = driver('dee', 0, { track, firstJobAt: START + 150 });
  const far = { pickup: place(0, 2_000), dropoff: place(0, 4_000) };
  const told = story({ orders: [order('late', 1_000, far)], drivers: [roaming] });
  const [outcome] = replay(told, NEAREST).outcomes;
  // At 1,000 m, where their first real job found them, and not at 2,000 m.
  expect(outcome?.distanceM).toBeCloseTo(1_000 + haversineMeters(far.pickup, far.dropoff), 3);
});

/** A story in which these drivers answered so when asked about order `one`. */
function answering(change: Partial<Story>, answers: Record<string, 'no' | 'nothing'>): Story {
  const told = story(change);
  const answered = new Map(
    Object.entries(answers).map(([id, answer]) => [pairOf(id, 'one'), answer] as const),
  );
  return { ...told, habits: { ...told.habits, answered } };
}

it('broadcast has the first yes, though the nearest says nothing', () => {
  const told = answering(
    { orders: [order('one', 0)], drivers: [driver('near', 100), driver('far', 900)] },
    { near: 'nothing' },
  );
  const [oneByOne] = replay(told, NEAREST).outcomes;
  const together = replay(told, BROADCAST);
  expect(oneByOne?.driverId).toBe('far');
  expect(together.outcomes[0]?.driverId).toBe('far');
  expect(together.offers).toBe(2);
  // Nobody waits for the one who does not answer.
  const patience = NEAREST.offerSeconds;
  expect(oneByOne?.assignedAt).toBeGreaterThan(START + patience);
  expect(together.outcomes[0]?.assignedAt).toBeLessThan(START + patience);
});

it('broadcast asks the next one as soon as somebody says no', () => {
  const drivers = ['a', 'b', 'c', 'd'].map((id, n) => driver(id, 100 + n));
  const told = answering({ orders: [order('one', 0)], drivers }, { a: 'no', b: 'no', c: 'no' });
  const run = replay(told, policyOf({ kind: 'broadcast', parallelOffers: 2 }));
  expect(run).toMatchObject({ offers: 4, refused: 3 });
  expect(run.outcomes[0]?.driverId).toBe('d');
});

it('bundling saves way where the policy may bundle', () => {
  const together = [0, 1, 2].map((n) =>
    order(`o${n}`, n, { dropoff: place(90, 1_500 + n * 50), readyAt: START + 300 }),
  );
  const told = story({ orders: together, drivers: [driver('dee', 300, { capacity: 3 })] });
  const km = (policy: ZonePolicy) => figuresOf(replay(told, policy), told).kmPerDelivery ?? 0;
  expect(km(BATCH)).toBeLessThan(km(policyOf({ kind: 'batch', bundleSize: 1 })));
});

describe('figures', () => {
  it('say how unevenly work is spread', () => {
    expect(inequality([1, 1, 1, 1])).toBeCloseTo(0, 9);
    expect(inequality([0, 0, 0, 4])).toBeCloseTo(0.75, 9);
    expect(inequality([0, 0])).toBeNull();
    expect(quantile([], 0.9)).toBeNull();
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
  });

  it('count lateness from the end of the promise, those in time as nothing', () => {
    const [inTime, late] = [order('a', 0), order('b', 0)];
    const outcome = (of: StoryOrder, deliveredAt: number) => ({
      ...{ order: of, driverId: 'dee', assignedAt: START + 10, arrivedAt: START + 200 },
      ...{ pickedUpAt: START + 400, deliveredAt, distanceM: 2_000 },
    });
    const told = story({ orders: [inTime, late], drivers: [driver('dee', 0), driver('otto', 0)] });
    const outcomes = [outcome(inTime, START + 1_000), outcome(late, START + 1_920)];
    expect(figuresOf({ outcomes, offers: 4, refused: 1 }, told)).toMatchObject({
      ...{ orders: 2, delivered: 2, acceptMean: 10, foodWaitsMean: 100, driverWaitsMean: 200 },
      ...{ latenessMean: 60, lateShare: 0.5, kmPerDelivery: 2, offersPerDelivery: 2 },
      ...{ refusedShare: 0.25, unfairness: 0.5, idleDrivers: 1 },
    });
  });
});
