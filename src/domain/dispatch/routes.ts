import type { DispatchDriver, OpenDelivery, Services } from './snapshot';

/** What a plan is judged by: seconds at the door, and what is as bad as one. */
export type Weights = {
  /** From this age at the door, seconds, every further minute weighs more than the last. */
  targetSeconds: number;
  overTarget: number;
  /** An older delivery is not brought any more; null: always. */
  latestDoorSeconds: number | null;
  /** Leaving a delivery without a driver, seconds; times its urgency. */
  leave: number;
};

export type Stop<Place> = {
  delivery: OpenDelivery<Place>;
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

/** What is picked up together, in the order of dropping off. */
export type Job<Place> = readonly Stop<Place>[];

/** Where a driver stands before a job; `cost` is that of everything before it. */
export type Standing<Place> = { at: number; place: Place; cost: number };

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
  standings: readonly Standing<Place>[];
  cost: number;
};

export type Cursor<Place> = { at: number; place: Place };

/** Follows drivers along their jobs. Counts how often, so that a search can be cut off. */
export class RouteCosts<Place> {
  jobsRun = 0;

  constructor(
    readonly travelSeconds: (from: Place, to: Place) => number,
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

  /** Runs a job from the cursor and moves it on; infinite when it can't be done. */
  runJob(job: Job<Place>, offAt: number, cursor: Cursor<Place>): number {
    this.jobsRun += 1;
    const { services } = this;
    let { at, place } = cursor;
    for (let n = 0; n < job.length; n += 1) {
      const delivery = job[n]?.delivery;
      if (!delivery || (n > 0 && visitedBefore(job, n))) continue;
      at += this.travelSeconds(place, delivery.pickup) + services.beforePickup;
      for (let m = n; m < job.length; m += 1) {
        const other = job[m]?.delivery;
        if (other && other.readyAt > at && other.pickupId === delivery.pickupId) at = other.readyAt;
      }
      if (at > offAt) return Number.POSITIVE_INFINITY;
      at += services.afterPickup;
      place = delivery.pickup;
    }
    let cost = 0;
    for (let n = 0; n < job.length; n += 1) {
      const stop = job[n];
      if (!stop) break;
      const { pickup, dropoff } = stop.delivery;
      at += place === pickup ? stop.directSeconds : this.travelSeconds(place, dropoff);
      at += services.beforeDropoff;
      cost += this.stopCost(stop, at);
      at += services.afterDropoff;
      place = dropoff;
    }
    cursor.at = at;
    cursor.place = place;
    return cost;
  }

  /** Runs jobs from the n-th on; infinite as soon as they reach `bound`. */
  runFrom(
    jobs: readonly Job<Place>[],
    n: number,
    offAt: number,
    cursor: Cursor<Place>,
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
    const cursor = { at: route.availableAt, place: route.driver.place };
    const standings: Standing<Place>[] = [{ ...cursor, cost: 0 }];
    let cost = jobs.length > 0 ? route.leaveCost : 0;
    for (const job of jobs) {
      cost += this.runJob(job, route.offAt, cursor);
      standings.push({ at: cursor.at, place: cursor.place, cost });
      for (const stop of job) stop.route = route;
    }
    route.jobs = jobs;
    route.standings = standings;
    route.cost = cost;
  }
}

function visitedBefore<Place>(job: Job<Place>, n: number): boolean {
  const id = job[n]?.delivery.pickupId;
  for (let i = 0; i < n; i += 1) if (job[i]?.delivery.pickupId === id) return true;
  return false;
}
