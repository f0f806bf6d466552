import { seededRandom } from '@/domain/random';
import { without } from './bundles';
import type { Insertions } from './insertion';
import type { Job, Route, Stop } from './routes';

/** Deliveries taken out together. */
const TOGETHER = 5;
const LATE_SECONDS = 60;

export type ReshuffleEffort = { triesPerLate: number; maxJobsRun: number };

/** How late a stop's trip is against what would be possible, by its cost, seconds. */
function latenessOf<Place>(stop: Stop<Place>): number {
  const { route } = stop;
  if (!route) return Number.POSITIVE_INFINITY;
  const n = route.jobs.findIndex(({ stops }) => stops.includes(stop));
  const before = n === 0 ? route.leaveCost : (route.standings[n]?.cost ?? 0);
  return (route.standings[n + 1]?.cost ?? 0) - before;
}

/**
 * Takes a late delivery and some near it out of their plans and puts them back one by one in another order; keeps
 * what costs less (Shaw's large neighbourhood search, 1998). The same snapshot always gives the same plan.
 */
export function reshuffle<Place>(
  stops: readonly Stop<Place>[],
  insertions: Insertions<Place>,
  effort: ReshuffleEffort,
): void {
  const { costs } = insertions;
  const random = seededRandom(stops.length);
  let late = stops.filter((stop) => latenessOf(stop) > LATE_SECONDS);
  const tries = late.length * effort.triesPerLate;
  for (let n = 1; n <= tries && costs.jobsRun < effort.maxJobsRun; n += 1) {
    if (n % 20 === 0) late = late.filter((stop) => latenessOf(stop) > LATE_SECONDS);
    const seed = late[Math.floor(random() * late.length)];
    if (!seed) return;
    putBack([seed, ...nearest(seed, stops, insertions, random)], insertions, random);
  }
}

function nearest<Place>(
  seed: Stop<Place>,
  stops: readonly Stop<Place>[],
  { costs }: Insertions<Place>,
  random: () => number,
): Stop<Place>[] {
  const { readyAt } = seed.delivery;
  const kept: { stop: Stop<Place>; apart: number }[] = [];
  for (const stop of stops) {
    if (stop === seed) continue;
    const away = costs.travel.betweenPickups(seed.pickup, stop.pickup);
    const apart = (away + Math.abs(readyAt - stop.delivery.readyAt)) * (0.5 + random());
    if (kept.length === TOGETHER - 1 && apart >= (kept.at(-1)?.apart ?? 0)) continue;
    if (kept.length === TOGETHER - 1) kept.pop();
    kept.push({ stop, apart });
    kept.sort((a, b) => a.apart - b.apart);
  }
  return kept.map(({ stop }) => stop);
}

function putBack<Place>(
  out: readonly Stop<Place>[],
  insertions: Insertions<Place>,
  random: () => number,
): void {
  const { costs } = insertions;
  const touched = new Map<Route<Place>, readonly Job<Place>[]>();
  let before = 0;
  const touch = (route: Route<Place>) => {
    if (touched.has(route)) return;
    touched.set(route, route.jobs);
    before += route.cost;
  };
  for (const stop of out) {
    if (stop.route) touch(stop.route);
    else before += costs.leaveCost(stop);
  }
  for (const stop of out) {
    const { route } = stop;
    stop.route = null;
    if (route) route.jobs = without(route.jobs, stop, costs);
  }
  for (const route of touched.keys()) costs.settle(route, route.jobs);
  let after = 0;
  for (const stop of shuffled(out, random)) {
    const leave = costs.leaveCost(stop);
    const to = insertions.best(stop, leave);
    if (!to) {
      after += leave;
      continue;
    }
    touch(to.route);
    costs.settle(to.route, to.jobs);
  }
  for (const route of touched.keys()) after += route.cost;
  if (after < before - 1e-3) return;
  for (const stop of out) stop.route = null;
  for (const [route, jobs] of touched) costs.settle(route, jobs);
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
