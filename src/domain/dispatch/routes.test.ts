import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayJoin, without } from './bundles';
import { emptyRoutes, stopsOf } from './fleet';
import { improve } from './improve';
import { Insertions } from './insertion';
import { BatchPolicySchema } from './policy';
import { reshuffle } from './reshuffle';
import { RouteCosts, type Stop } from './routes';
import { delivery, driver, street } from './street.testing';
import { Travel } from './travel';

const policy = BatchPolicySchema.parse({ radiusStepsM: [100_000], fairness: 0 });
const LEAVE = 1_000_000;

type Order = { kitchen: number; dropoff: number; readyAt: number };

function planned(orders: readonly Order[], places: readonly number[], maxJobsRun: number) {
  const { costs, routes, stops, insertions } = greedy(orders, places);
  const before = total(stops, routes);
  improve(stops, insertions, maxJobsRun);
  reshuffle(stops, insertions, { triesPerLate: 4, maxJobsRun });
  return { costs, routes, stops, before, after: total(stops, routes) };
}

/** Everything put where it costs least, one after the other. */
function greedy(orders: readonly Order[], places: readonly number[]) {
  const snapshot = street(
    orders.map(({ kitchen, ...rest }, n) =>
      delivery(`o${n}`, { pickupId: `k${kitchen}`, pickup: kitchen * 700, ...rest }),
    ),
    places.map((place, n) => driver(`d${n}`, place)),
  );
  const routes = emptyRoutes(snapshot.drivers, policy, 0);
  const travel = new Travel(snapshot.drivers, snapshot.deliveries, snapshot.travelSeconds);
  const stops = stopsOf(snapshot, routes, travel, policy, 0);
  const costs = new RouteCosts(travel, snapshot.services, { ...policy, leave: LEAVE, busy: 0.1 });
  const insertions = new Insertions(costs, routes, { size: 3, nearPickupSeconds: 0 });
  for (const stop of stops) {
    insertions.firstCosts(stop);
    const to = insertions.best(stop, LEAVE);
    if (to) costs.settle(to.route, to.jobs);
  }
  return { costs, routes, stops, insertions };
}

function total(stops: readonly Stop<number>[], routes: readonly { cost: number }[]): number {
  const left = stops.filter(({ route }) => route === null).length;
  return routes.reduce((sum, { cost }) => sum + cost, left * LEAVE);
}

const orders = fc.array(
  fc.record({ kitchen: fc.nat(3), dropoff: fc.nat(3_000), readyAt: fc.nat(1_500) }),
  { maxLength: 10 },
);
const drivers = fc.array(fc.nat(3_000), { minLength: 1, maxLength: 4 });

describe('improving plans', () => {
  it('never costs more than before, and keeps every stop in one place', () => {
    fc.assert(
      fc.property(orders, drivers, (list, places) => {
        const { routes, stops, before, after } = planned(list, places, 50_000);
        expect(after).toBeLessThanOrEqual(before + 1e-3);
        const carried = routes.flatMap(({ jobs }) => jobs.flatMap((job) => job.stops));
        expect(new Set(carried).size).toBe(carried.length);
        for (const stop of stops) {
          const inRoute = routes.find(({ jobs }) => jobs.some((job) => job.stops.includes(stop)));
          expect(stop.route).toBe(inRoute ?? null);
        }
      }),
    );
  });

  it('keeps books that following the jobs afresh confirms', () => {
    fc.assert(
      fc.property(orders, drivers, (list, places) => {
        const { routes, costs } = planned(list, places, 50_000);
        for (const route of routes) {
          const { cost, jobs } = route;
          costs.settle(route, jobs);
          expect(route.cost).toBeCloseTo(cost, 6);
        }
      }),
    );
  });

  it('bundles only what comes from one pickup, and not more than may be carried', () => {
    fc.assert(
      fc.property(orders, drivers, (list, places) => {
        for (const { stops } of planned(list, places, 50_000).routes.flatMap(({ jobs }) => jobs)) {
          expect(stops.length).toBeLessThanOrEqual(3);
          expect(new Set(stops.map(({ delivery: it }) => it.pickupId)).size).toBe(1);
        }
      }),
    );
  });

  it('stops when its effort is used up', () => {
    const many = Array.from({ length: 40 }, (_, n) => ({
      ...{ kitchen: n % 4, dropoff: (n * 373) % 3_000, readyAt: (n * 91) % 1_500 },
    }));
    const enough = planned(many, [0, 500, 1_000], 1_000_000).costs.jobsRun;
    const cut = planned(many, [0, 500, 1_000], 5_000).costs.jobsRun;
    expect(enough).toBeGreaterThan(20_000);
    expect(cut).toBeLessThan(12_000);
  });
});

/** Adds a stop at every place that there is, and tells the least that it costs more. */
function leastByTryingAll(
  stop: Stop<number>,
  { routes, costs }: ReturnType<typeof greedy>,
): number {
  let least = LEAVE;
  for (const route of routes) {
    const { jobs, cost } = route;
    const tryOut = (plan: typeof jobs) => {
      costs.settle(route, plan);
      least = Math.min(least, route.cost - cost);
    };
    for (let n = 0; n <= jobs.length; n += 1) {
      tryOut([...jobs.slice(0, n), costs.single(stop), ...jobs.slice(n)]);
      const job = jobs[n];
      if (!job || !mayJoin(job, stop, { size: 3, nearPickupSeconds: 0 }, costs)) continue;
      for (let door = 0; door <= job.stops.length; door += 1) {
        tryOut(jobs.with(n, costs.joined(job, stop, door)));
      }
    }
    costs.settle(route, jobs);
  }
  return least;
}

describe('inserting a stop', () => {
  it('finds the cheapest of all places, however much of the search it cuts off', () => {
    fc.assert(
      fc.property(orders, drivers, (list, places) => {
        const plan = greedy(list, places);
        for (const stop of plan.stops) {
          const { route } = stop;
          if (!route) continue;
          plan.costs.settle(route, without(route.jobs, stop, plan.costs));
          const found = plan.insertions.best(stop, LEAVE);
          expect(found?.cost ?? LEAVE).toBeCloseTo(leastByTryingAll(stop, plan), 3);
          if (found) plan.costs.settle(found.route, found.jobs);
        }
      }),
    );
  });
});

describe('taking a stop out', () => {
  it('keeps the others of its bundle, and drops a trip that is left empty', () => {
    const { deliveries, services, ...world } = street(
      ['A', 'B', 'C'].map((id) => delivery(id, { pickupId: 'kitchen' })),
      [],
    );
    const travel = new Travel([], deliveries, world.travelSeconds);
    const costs = new RouteCosts(travel, services, { ...policy, leave: LEAVE, busy: 0 });
    const stops = stopsOf({ deliveries, services, ...world }, [], travel, policy, 0);
    const [a, b, c] = stops;
    if (!a || !b || !c) throw new Error('three stops');
    const two = [costs.joined(costs.single(a), b, 1), costs.single(c)];
    const left = (stop: Stop<number>) => without(two, stop, costs).map((job) => job.stops);
    expect(left(a)).toEqual([[b], [c]]);
    expect(left(c)).toEqual([[a, b]]);
  });
});
