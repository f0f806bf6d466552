import { mayJoin } from './bundles';
import { improve } from './improve';
import type { Insertions } from './insertion';
import type { Job, Route, Stop } from './routes';

/** A place in somebody's plan: the n-th trip, and the n-th door of it. */
export type Planned = { driverId: string; trip: number; door: number };
/** A plan, by delivery. */
export type Plan = ReadonlyMap<string, Planned>;

/**
 * Goes on from what the round before had planned, where that is the cheaper start: what was found by a long search
 * is not given up for the little that has happened since.
 */
export function takeUp<Place>(
  stops: readonly Stop<Place>[],
  insertions: Insertions<Place>,
  plan: Plan,
  maxJobsRun: number,
): void {
  const trips = tripsOf(stops, plan);
  if (trips.size === 0) return;
  const { costs, routes } = insertions;
  const afresh = routes.map(({ jobs }) => jobs);
  const before = totalCost(stops, insertions);
  for (const stop of stops) stop.route = null;
  for (const route of routes) {
    costs.settle(route, jobsOf(route, trips.get(route.driver.id) ?? [], insertions));
  }
  for (const stop of stops) {
    if (stop.route) continue;
    const to = insertions.best(stop, costs.leaveCost(stop));
    if (to) costs.settle(to.route, to.jobs);
  }
  if (totalCost(stops, insertions) < before) {
    improve(stops, insertions, maxJobsRun);
    return;
  }
  for (const stop of stops) stop.route = null;
  for (const [n, route] of routes.entries()) costs.settle(route, afresh[n] ?? []);
}

function totalCost<Place>(stops: readonly Stop<Place>[], { costs, routes }: Insertions<Place>) {
  let total = 0;
  for (const { cost } of routes) total += cost;
  for (const stop of stops) if (!stop.route) total += costs.leaveCost(stop);
  return total;
}

/** By driver, trip by trip, of what is still open. */
function tripsOf<Place>(stops: readonly Stop<Place>[], plan: Plan): Map<string, Stop<Place>[][]> {
  const placed = stops
    .flatMap((stop) => {
      const planned = plan.get(stop.delivery.id);
      return planned ? [{ stop, ...planned }] : [];
    })
    .sort((a, b) => a.trip - b.trip || a.door - b.door);
  const trips = new Map<string, Stop<Place>[][]>();
  const latest = new Map<string, number>();
  for (const { stop, driverId, trip } of placed) {
    const ofDriver = trips.get(driverId) ?? [];
    trips.set(driverId, ofDriver);
    if (latest.get(driverId) === trip) ofDriver.at(-1)?.push(stop);
    else ofDriver.push([stop]);
    latest.set(driverId, trip);
  }
  return trips;
}

/** The jobs that a driver can still do; none, if they can't do them all. */
function jobsOf<Place>(
  route: Route<Place>,
  trips: readonly (readonly Stop<Place>[])[],
  { costs, rule }: Insertions<Place>,
): readonly Job<Place>[] {
  const jobs: Job<Place>[] = [];
  for (const trip of trips) {
    let job: Job<Place> | null = null;
    for (const stop of trip) {
      if (stop.barred[route.index] || (job && !mayJoin(job, stop, rule, costs))) return [];
      job = job ? costs.joined(job, stop, job.stops.length) : costs.single(stop);
    }
    if (!job || job.stops.length > route.capacity) return [];
    jobs.push(job);
  }
  const cursor = { at: route.availableAt, origin: route.index };
  const cost = costs.runFrom(jobs, 0, route.offAt, cursor, Number.POSITIVE_INFINITY);
  return cost < Number.POSITIVE_INFINITY ? jobs : [];
}
