import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { without } from './bundles';
import { emptyRoutes, stopsOf } from './fleet';
import { improve } from './improve';
import { Insertions } from './insertion';
import { BatchPolicySchema } from './policy';
import { reshuffle } from './reshuffle';
import { RouteCosts, type Stop } from './routes';
import { delivery, driver, street } from './street.testing';

const policy = BatchPolicySchema.parse({ radiusStepsM: [100_000], fairness: 0 });
const LEAVE = 1_000_000;

type Order = { kitchen: number; dropoff: number; readyAt: number };

function planned(orders: readonly Order[], places: readonly number[], maxJobsRun: number) {
  const snapshot = street(
    orders.map(({ kitchen, ...rest }, n) =>
      delivery(`o${n}`, { pickupId: `k${kitchen}`, pickup: kitchen * 700, ...rest }),
    ),
    places.map((place, n) => driver(`d${n}`, place)),
  );
  const routes = emptyRoutes(snapshot.drivers, policy, 0);
  const stops = stopsOf(snapshot, routes, policy, 0);
  const { travelSeconds, services } = snapshot;
  const costs = new RouteCosts(travelSeconds, services, { ...policy, leave: LEAVE });
  const rule = { size: 3, nearPickupSeconds: 0, travelSeconds };
  const insertions = new Insertions(costs, routes, rule, 0);
  for (const stop of stops) {
    insertions.firstCosts(stop);
    const to = insertions.best(stop, LEAVE);
    if (to) costs.settle(to.route, to.jobs);
  }
  const before = total(stops, routes);
  improve(stops, insertions, maxJobsRun);
  reshuffle(stops, insertions, { triesPerLate: 4, maxJobsRun });
  return { costs, routes, stops, before, after: total(stops, routes) };
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
        const carried = routes.flatMap(({ jobs }) => jobs.flat());
        expect(new Set(carried).size).toBe(carried.length);
        for (const stop of stops) {
          const inRoute = routes.find(({ jobs }) => jobs.some((job) => job.includes(stop)));
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
        for (const job of planned(list, places, 50_000).routes.flatMap(({ jobs }) => jobs)) {
          expect(job.length).toBeLessThanOrEqual(3);
          expect(new Set(job.map(({ delivery: it }) => it.pickupId)).size).toBe(1);
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

describe('taking a stop out', () => {
  it('keeps the others of its bundle, and drops a trip that is left empty', () => {
    const snapshot = street([delivery('A'), delivery('B'), delivery('C')], []);
    const [a, b, c] = stopsOf(snapshot, [], policy, 0);
    if (!a || !b || !c) throw new Error('three stops');
    expect(without([[a, b], [c]], a)).toEqual([[b], [c]]);
    expect(without([[a, b], [c]], c)).toEqual([[a, b]]);
  });
});
