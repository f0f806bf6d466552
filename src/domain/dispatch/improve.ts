import { without } from './bundles';
import type { Insertions } from './insertion';
import type { Route, Stop } from './routes';

const LEAST_GAIN = 1e-3;
const IDLE_LOOKED_AT = 3;

/** Moves one stop to where it costs least. */
function relocate<Place>(stop: Stop<Place>, insertions: Insertions<Place>): boolean {
  const { costs } = insertions;
  const from = stop.route;
  let gain = costs.leaveCost(stop);
  const jobs = from?.jobs ?? [];
  if (from) {
    const { cost } = from;
    stop.route = null;
    costs.settle(from, without(jobs, stop, costs));
    gain = Math.min(gain, cost - from.cost);
  }
  const to = insertions.best(stop, gain);
  if (to) costs.settle(to.route, to.jobs);
  else if (from) costs.settle(from, jobs);
  return to !== null;
}

function mayTake<Place>(route: Route<Place>, from: Route<Place>, n: number): boolean {
  return from.jobs
    .slice(n)
    .every(
      ({ stops }) =>
        stops.length <= route.capacity && stops.every(({ barred }) => !barred[route.index]),
    );
}

/** What a driver costs who does their first n jobs, and then another's from the m-th on. */
function costAfter<Place>(
  head: Route<Place>,
  n: number,
  tail: Route<Place>,
  m: number,
  bound: number,
  { costs, cursor }: Insertions<Place>,
): number {
  const standing = head.standings[n];
  if (!standing) return Number.POSITIVE_INFINITY;
  if (m >= tail.jobs.length) return standing.cost;
  const before = n > 0 ? standing.cost : head.leaveCost;
  cursor.at = standing.at;
  cursor.origin = standing.origin;
  return before + costs.runFrom(tail.jobs, m, head.offAt, cursor, bound - before);
}

/** Exchanges what two drivers do from some job on, where that costs less. */
function crossTails<Place>(
  a: Route<Place>,
  b: Route<Place>,
  insertions: Insertions<Place>,
): boolean {
  const { costs } = insertions;
  let best = a.cost + b.cost - LEAST_GAIN;
  let found: { n: number; m: number } | null = null;
  for (let n = 0; n <= a.jobs.length; n += 1) {
    for (let m = 0; m <= b.jobs.length; m += 1) {
      if (n === a.jobs.length && m === b.jobs.length) continue;
      const first = costAfter(a, n, b, m, best, insertions);
      if (first >= best) continue;
      const cost = first + costAfter(b, m, a, n, best - first, insertions);
      if (cost >= best || !mayTake(a, b, m) || !mayTake(b, a, n)) continue;
      best = cost;
      found = { n, m };
    }
  }
  if (!found) return false;
  const { n, m } = found;
  const [jobsA, jobsB] = [a.jobs, b.jobs];
  costs.settle(a, [...jobsA.slice(0, n), ...jobsB.slice(m)]);
  costs.settle(b, [...jobsB.slice(0, m), ...jobsA.slice(n)]);
  return true;
}

function crossWithOthers<Place>(route: Route<Place>, insertions: Insertions<Place>): boolean {
  let better = false;
  for (const other of insertions.routes) {
    if (other.index <= route.index || other.jobs.length === 0) continue;
    if (crossTails(route, other, insertions)) better = true;
  }
  for (const { stops } of route.jobs) {
    const [first] = stops;
    let looked = 0;
    for (const { route: idle } of first ? insertions.headsOf(first) : []) {
      if (idle.jobs.length > 0) continue;
      if (crossTails(route, idle, insertions)) better = true;
      looked += 1;
      if (looked === IDLE_LOOKED_AT) break;
    }
  }
  return better;
}

/** Moves and exchanges until nothing gets better, or `maxJobsRun` is used up. */
export function improve<Place>(
  stops: readonly Stop<Place>[],
  insertions: Insertions<Place>,
  maxJobsRun: number,
): void {
  const { costs, routes } = insertions;
  for (let better = true; better; ) {
    better = false;
    for (const stop of stops) {
      if (costs.jobsRun >= maxJobsRun) return;
      if (relocate(stop, insertions)) better = true;
    }
    for (const route of routes) {
      if (costs.jobsRun >= maxJobsRun) return;
      if (route.jobs.length > 0 && crossWithOthers(route, insertions)) better = true;
    }
  }
}
