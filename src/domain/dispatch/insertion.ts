import { type BundleRule, joined, mayJoin } from './bundles';
import type { Cursor, Job, Route, RouteCosts, Standing, Stop } from './routes';

/** Drivers with nothing planned that are kept in mind for a stop. */
const HEADS = 24;
const LEAST_GAIN = 1e-3;

export type Head<Place> = { route: Route<Place>; cost: number };
export type Insertion<Place> = { route: Route<Place>; jobs: readonly Job<Place>[]; cost: number };

/** Finds the cheapest place for a stop in everybody's plans. */
export class Insertions<Place> {
  private readonly heads = new Map<Stop<Place>, Head<Place>[]>();

  /** One for all trials: making one each time shows in the profile. */
  readonly cursor: Cursor<Place>;

  constructor(
    readonly costs: RouteCosts<Place>,
    readonly routes: readonly Route<Place>[],
    readonly rule: BundleRule<Place>,
    somewhere: Place,
  ) {
    this.cursor = { at: 0, place: somewhere };
  }

  /** What each driver would cost with this stop alone, as it is before anybody has a plan. */
  firstCosts(stop: Stop<Place>): Head<Place>[] {
    const { cursor } = this;
    const single = [stop];
    const all: Head<Place>[] = [];
    for (const route of this.routes) {
      if (stop.barred[route.index]) continue;
      cursor.at = route.availableAt;
      cursor.place = route.driver.place;
      const cost = this.costs.runJob(single, route.offAt, cursor) + route.leaveCost;
      if (cost < this.costs.leaveCost(stop)) all.push({ route, cost });
    }
    this.heads.set(stop, cheapest(all));
    return all;
  }

  headsOf(stop: Stop<Place>): readonly Head<Place>[] {
    return this.heads.get(stop) ?? [];
  }

  /** The cheapest place below `bound`, or null. The stop must be in no route. */
  best(stop: Stop<Place>, bound: number): Insertion<Place> | null {
    const { rule } = this;
    const single: Job<Place> = [stop];
    let best = bound - LEAST_GAIN;
    let found: { route: Route<Place>; job: number; place: number | null } | null = null;
    for (const { route, cost } of this.headsOf(stop)) {
      if (cost >= best) break;
      if (route.jobs.length > 0) continue;
      best = cost;
      found = { route, job: 0, place: null };
      break;
    }
    for (const route of this.routes) {
      const { jobs, standings } = route;
      if (jobs.length === 0 || stop.barred[route.index]) continue;
      for (let n = 0; n <= jobs.length; n += 1) {
        const standing = standings[n];
        if (!standing) break;
        const saved = route.cost - (n === 0 ? route.leaveCost : standing.cost);
        const alone = this.costWith(route, standing, single, n, best + saved) - saved;
        if (alone < best) {
          best = alone;
          found = { route, job: n, place: null };
        }
        const job = jobs[n];
        if (!job || job.length >= route.capacity || !mayJoin(job, stop, rule)) continue;
        for (let place = 0; place <= job.length; place += 1) {
          const together = joined(job, stop, place);
          const cost = this.costWith(route, standing, together, n + 1, best + saved) - saved;
          if (cost >= best) continue;
          best = cost;
          found = { route, job: n, place };
        }
      }
    }
    if (!found) return null;
    return { route: found.route, jobs: inserted(found.route.jobs, stop, found), cost: best };
  }

  /** From a standing: a job, then those that the route has from the n-th on. */
  private costWith(
    { jobs, offAt }: Route<Place>,
    standing: Standing<Place>,
    job: Job<Place>,
    n: number,
    bound: number,
  ): number {
    const { cursor, costs } = this;
    cursor.at = standing.at;
    cursor.place = standing.place;
    const cost = costs.runJob(job, offAt, cursor);
    if (cost >= bound || n >= jobs.length) return cost;
    return cost + costs.runFrom(jobs, n, offAt, cursor, bound - cost);
  }
}

function inserted<Place>(
  jobs: readonly Job<Place>[],
  stop: Stop<Place>,
  where: { job: number; place: number | null },
): readonly Job<Place>[] {
  const { job: n, place } = where;
  if (place === null) return [...jobs.slice(0, n), [stop], ...jobs.slice(n)];
  return jobs.map((job, i) => (i === n ? joined(job, stop, place) : job));
}

/** The first few, cheapest first. */
function cheapest<Place>(all: readonly Head<Place>[]): Head<Place>[] {
  const kept: Head<Place>[] = [];
  for (const head of all) {
    const last = kept.at(-1);
    if (kept.length >= HEADS && last && head.cost >= last.cost) continue;
    let n = kept.length >= HEADS ? HEADS - 1 : kept.length;
    for (; n > 0; n -= 1) {
      const before = kept[n - 1];
      if (!before || before.cost <= head.cost) break;
      kept[n] = before;
    }
    kept[n] = head;
  }
  return kept;
}
