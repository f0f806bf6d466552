import { type BundleRule, mayJoin } from './bundles';
import type { Cursor, Job, Route, RouteCosts, Stop } from './routes';

/** Drivers with nothing planned that are kept in mind for a stop. */
const HEADS = 24;
const LEAST_GAIN = 1e-3;

export type Head<Place> = { route: Route<Place>; cost: number };
export type Insertion<Place> = { route: Route<Place>; jobs: readonly Job<Place>[]; cost: number };

/** Finds the cheapest place for a stop in everybody's plans. */
export class Insertions<Place> {
  private readonly heads = new Map<Stop<Place>, Head<Place>[]>();

  /** One for all trials: making one each time shows in the profile. */
  readonly cursor: Cursor = { at: 0, origin: 0 };

  constructor(
    readonly costs: RouteCosts<Place>,
    readonly routes: readonly Route<Place>[],
    readonly rule: BundleRule,
  ) {}

  /** What the cheapest drivers would cost with this stop alone, as it is before anybody has a plan. */
  firstCosts(stop: Stop<Place>): readonly Head<Place>[] {
    const { cursor, costs } = this;
    const single = costs.single(stop);
    const leave = costs.leaveCost(stop);
    const kept: Head<Place>[] = [];
    for (const route of this.routes) {
      if (stop.barred[route.index]) continue;
      const bound = kept.length < HEADS ? leave : (kept[HEADS - 1]?.cost ?? leave);
      if (costs.leastCost(stop, route.availableAt) + route.leaveCost >= bound) continue;
      cursor.at = route.availableAt;
      cursor.origin = route.index;
      const cost = costs.runJob(single, route.offAt, cursor) + route.leaveCost;
      if (cost < bound) keep(kept, { route, cost });
    }
    this.heads.set(stop, kept);
    return kept;
  }

  headsOf(stop: Stop<Place>): readonly Head<Place>[] {
    return this.heads.get(stop) ?? [];
  }

  /** The cheapest place below `bound`, or null. The stop must be in no route. */
  best(stop: Stop<Place>, bound: number): Insertion<Place> | null {
    const { rule, costs } = this;
    const single = costs.single(stop);
    let best = bound - LEAST_GAIN;
    let found: { route: Route<Place>; job: number; with: Job<Place> | null } | null = null;
    for (const { route, cost } of this.headsOf(stop)) {
      if (cost >= best) break;
      if (route.jobs.length > 0) continue;
      best = cost;
      found = { route, job: 0, with: null };
      break;
    }
    for (const route of this.routes) {
      const { jobs, standings } = route;
      if (jobs.length === 0 || stop.barred[route.index]) continue;
      for (let n = 0; n <= jobs.length; n += 1) {
        const standing = standings[n];
        // Whatever comes later costs at least as much.
        if (!standing || costs.leastCost(stop, standing.at) >= best) break;
        const alone = this.added(route, n, single, n, best);
        if (alone < best) {
          best = alone;
          found = { route, job: n, with: null };
        }
        const job = jobs[n];
        const full = !job || job.stops.length >= route.capacity;
        if (full || !mayJoin(job, stop, rule, costs)) continue;
        for (let place = 0; place <= job.stops.length; place += 1) {
          const together = costs.joined(job, stop, place);
          const cost = this.added(route, n, together, n + 1, best);
          if (cost >= best) continue;
          best = cost;
          found = { route, job: n, with: together };
        }
      }
    }
    if (!found) return null;
    const { route, job: n, with: together } = found;
    const jobs = together
      ? route.jobs.with(n, together)
      : [...route.jobs.slice(0, n), single, ...route.jobs.slice(n)];
    return { route, jobs, cost: best };
  }

  /**
   * What a job costs before the route's `next`-th, in place of those from the n-th on; infinite as soon as it
   * reaches `bound`. By the triangle inequality nothing that follows is done earlier for a detour before it, so what
   * is added only grows; but the way to the next job may have become shorter, which is worth its time.
   */
  private added(
    { jobs, standings, offAt, leaveCost }: Route<Place>,
    n: number,
    job: Job<Place>,
    next: number,
    bound: number,
  ): number {
    const { cursor, costs } = this;
    const from = standings[n];
    if (!from) return Number.POSITIVE_INFINITY;
    cursor.at = from.at;
    cursor.origin = from.origin;
    const before = n === 0 ? leaveCost : from.cost;
    let added = costs.runJob(job, offAt, cursor);
    if (next > n) added -= (standings[next]?.cost ?? 0) - before;
    const following = jobs[next];
    const origin = standings[next]?.origin;
    let saved =
      following && origin !== undefined
        ? costs.weights.busy * costs.travel.toPickup(origin, following.pickup)
        : 0;
    for (let i = next; i < jobs.length && added < bound + saved; i += 1) {
      saved = 0;
      const then = jobs[i];
      const was = standings[i + 1];
      if (!then || !was) break;
      const wasBefore = i === 0 ? leaveCost : (standings[i]?.cost ?? 0);
      added += costs.runJob(then, offAt, cursor) - (was.cost - wasBefore);
      if (cursor.at === was.at) break;
    }
    return added < bound ? added : Number.POSITIVE_INFINITY;
  }
}

/** Keeps the first few, cheapest first. */
function keep<Place>(kept: Head<Place>[], head: Head<Place>): void {
  let n = kept.length >= HEADS ? HEADS - 1 : kept.length;
  for (; n > 0; n -= 1) {
    const before = kept[n - 1];
    if (!before || before.cost <= head.cost) break;
    kept[n] = before;
  }
  kept[n] = head;
}
