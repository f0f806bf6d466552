import type { DispatchDriver, OpenDelivery, Services } from './snapshot';
import type { Travel } from './travel';

/** What a plan is judged by: seconds at the door, and what is as bad as one. */
export type Weights = {
  /** From this age at the door, seconds, every further minute weighs more than the last. */
  targetSeconds: number;
  overTarget: number;
  /** An older delivery is not brought any more; null: always. */
  latestDoorSeconds: number | null;
  /** Leaving a delivery without a driver, seconds; times its urgency. */
  leave: number;
  /** What a second of a driver on the way or at a stop is worth to the orders to come. */
  busy: number;
};

export type Stop<Place> = {
  delivery: OpenDelivery<Place>;
  /** Its number among the deliveries, and that of its pickup. */
  index: number;
  pickup: number;
  /** From pickup to dropoff without a detour. */
  directSeconds: number;
  /** When it could be at the door if a driver waited for it. */
  bestDropoffAt: number;
  /** Age at the door if a driver stood by, seconds. */
  earliestAge: number;
  /** How many times as much a second counts as for others: the deadline lane. */
  urgency: number;
  /** Drivers, by index, who may not be asked. */
  barred: Uint8Array;
  route: Route<Place> | null;
};

/** What is picked up together, and what of it is the same whenever and from wherever it begins. */
export type Job<Place> = {
  /** In the order of dropping off. */
  stops: readonly Stop<Place>[];
  /** Number of the first pickup, and when all of it there is ready. */
  pickup: number;
  readyAt: number;
  /** Further pickups, in the order of visits: the way there from the one before. */
  further: readonly { seconds: number; readyAt: number }[];
  /** Seconds from leaving the last pickup to being at each door, and to being free again. */
  doors: readonly number[];
  freeAfter: number;
  /** Origin of what comes next. */
  end: number;
  /** Jobs with one stop more that were tried before, by stop and place. */
  longer: Map<number, Job<Place>>;
};

/** Where a driver stands before a job; `cost` is that of everything before it. */
export type Standing = { at: number; origin: number; cost: number };

export type Route<Place> = {
  driver: DispatchDriver<Place>;
  index: number;
  availableAt: number;
  offAt: number;
  /** Deliveries in one trip, at the most. */
  capacity: number;
  /** What taking them from where they are costs, seconds; nobody is taken from there twice. */
  leaveCost: number;
  jobs: readonly Job<Place>[];
  /** One more than jobs: the last is where they end. */
  standings: Standing[];
  cost: number;
};

export type Cursor = { at: number; origin: number };

/** More than fit into any trip. */
const MOST_STOPS = 16;

/** Follows drivers along their jobs. Counts how often, so that a search can be cut off. */
export class RouteCosts<Place> {
  jobsRun = 0;
  private readonly singles = new Map<Stop<Place>, Job<Place>>();
  private readonly settling: Cursor = { at: 0, origin: 0 };

  constructor(
    readonly travel: Travel<Place>,
    readonly services: Services,
    readonly weights: Weights,
  ) {}

  /** What a delivery at the door at `at` costs: its delay, and more when it is old. */
  private stopCost(stop: Stop<Place>, at: number): number {
    const { targetSeconds, overTarget, latestDoorSeconds } = this.weights;
    const age = at - stop.delivery.placedAt;
    const delay = at - stop.bestDropoffAt;
    if (age <= targetSeconds) return delay * stop.urgency;
    if (latestDoorSeconds !== null && age > latestDoorSeconds) return Number.POSITIVE_INFINITY;
    const over = age - targetSeconds;
    return (delay + (overTarget * over * over) / 600) * stop.urgency;
  }

  leaveCost(stop: Stop<Place>): number {
    return this.weights.leave * stop.urgency;
  }

  /** What a stop costs at least, for a driver who is free at `at`. */
  leastCost(stop: Stop<Place>, at: number): number {
    const late = at + this.services.beforePickup - stop.delivery.readyAt;
    return late > 0 ? this.stopCost(stop, stop.bestDropoffAt + late) : 0;
  }

  single(stop: Stop<Place>): Job<Place> {
    const known = this.singles.get(stop);
    if (known) return known;
    const job = this.jobOf([stop]);
    this.singles.set(stop, job);
    return job;
  }

  /** The job with one more as its n-th dropoff. */
  joined(job: Job<Place>, stop: Stop<Place>, n: number): Job<Place> {
    const key = stop.index * MOST_STOPS + n;
    const known = job.longer.get(key);
    if (known) return known;
    const longer = this.jobOf([...job.stops.slice(0, n), stop, ...job.stops.slice(n)]);
    job.longer.set(key, longer);
    return longer;
  }

  /** The job with one less; null when none is left. */
  shorter(job: Job<Place>, stop: Stop<Place>): Job<Place> | null {
    let left: Job<Place> | null = null;
    for (const other of job.stops) {
      if (other === stop) continue;
      left = left ? this.joined(left, other, left.stops.length) : this.single(other);
    }
    return left;
  }

  private jobOf(stops: readonly Stop<Place>[]): Job<Place> {
    const { travel, services } = this;
    const visits: { stop: Stop<Place>; readyAt: number }[] = [];
    for (const stop of stops) {
      const { readyAt } = stop.delivery;
      const visit = visits.find((one) => one.stop.pickup === stop.pickup);
      if (visit) visit.readyAt = Math.max(visit.readyAt, readyAt);
      else visits.push({ stop, readyAt });
    }
    const further: { seconds: number; readyAt: number }[] = [];
    const [first] = visits;
    let last = first?.stop;
    for (const { stop, readyAt } of visits.slice(1)) {
      further.push({ seconds: travel.betweenPickups(last?.pickup ?? 0, stop.pickup), readyAt });
      last = stop;
    }
    const doors: number[] = [];
    let after = 0;
    let from = last?.delivery.pickup;
    for (const stop of stops) {
      const { dropoff } = stop.delivery;
      const direct = doors.length === 0 && last?.pickup === stop.pickup;
      after += direct || from === undefined ? stop.directSeconds : travel.seconds(from, dropoff);
      after += services.beforeDropoff;
      doors.push(after);
      after += services.afterDropoff;
      from = dropoff;
    }
    return {
      ...{ stops, pickup: first?.stop.pickup ?? 0, readyAt: first?.readyAt ?? 0 },
      ...{ further, doors, freeAfter: after, longer: new Map() },
      end: travel.atDoor(stops.at(-1)?.index ?? 0),
    };
  }

  /** Runs a job from the cursor and moves it on; infinite when it can't be done. */
  runJob(job: Job<Place>, offAt: number, cursor: Cursor): number {
    this.jobsRun += 1;
    const { beforePickup, afterPickup } = this.services;
    const arrivedAt = cursor.at + this.travel.toPickup(cursor.origin, job.pickup) + beforePickup;
    let at = Math.max(arrivedAt, job.readyAt);
    let waited = at - arrivedAt;
    for (const { seconds, readyAt } of job.further) {
      at += afterPickup + seconds + beforePickup;
      if (at >= readyAt) continue;
      waited += readyAt - at;
      at = readyAt;
    }
    if (at > offAt) return Number.POSITIVE_INFINITY;
    at += afterPickup;
    const { stops, doors } = job;
    let cost = 0;
    for (let n = 0; n < stops.length; n += 1) {
      const stop = stops[n];
      if (stop) cost += this.stopCost(stop, at + (doors[n] ?? 0));
    }
    at += job.freeAfter;
    cost += this.weights.busy * (at - cursor.at - waited);
    cursor.at = at;
    cursor.origin = job.end;
    return cost;
  }

  /** Runs jobs from the n-th on; infinite as soon as they reach `bound`. */
  runFrom(
    jobs: readonly Job<Place>[],
    n: number,
    offAt: number,
    cursor: Cursor,
    bound: number,
  ): number {
    let cost = 0;
    for (let i = n; i < jobs.length && cost < bound; i += 1) {
      const job = jobs[i];
      if (job) cost += this.runJob(job, offAt, cursor);
    }
    return cost < bound ? cost : Number.POSITIVE_INFINITY;
  }

  /** Gives a driver other jobs. */
  settle(route: Route<Place>, jobs: readonly Job<Place>[]): void {
    const { settling: cursor } = this;
    const { standings } = route;
    cursor.at = route.availableAt;
    cursor.origin = route.index;
    let cost = jobs.length > 0 ? route.leaveCost : 0;
    for (let n = 0; n < jobs.length; n += 1) {
      const job = jobs[n];
      if (!job) break;
      cost += this.runJob(job, route.offAt, cursor);
      for (const stop of job.stops) stop.route = route;
      const standing = standings[n + 1];
      if (standing) {
        standing.at = cursor.at;
        standing.origin = cursor.origin;
        standing.cost = cost;
      } else {
        standings.push({ at: cursor.at, origin: cursor.origin, cost });
      }
    }
    standings.length = jobs.length + 1;
    route.jobs = jobs;
    route.cost = cost;
  }
}
