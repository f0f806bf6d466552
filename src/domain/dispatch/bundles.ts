import type { Job, RouteCosts, Stop } from './routes';

export type BundleRule = {
  /** Deliveries in one trip, at most. */
  size: number;
  /** Pickups this far apart, seconds of travel, may share a trip; 0: only one and the same pickup. */
  nearPickupSeconds: number;
};

/** Whether a stop may go along with a job. */
export function mayJoin<Place>(
  job: Job<Place>,
  stop: Stop<Place>,
  rule: BundleRule,
  { travel }: RouteCosts<Place>,
): boolean {
  if (job.stops.length >= rule.size) return false;
  for (const { pickup } of job.stops) {
    if (pickup === stop.pickup) continue;
    if (rule.nearPickupSeconds <= 0) return false;
    if (travel.betweenPickups(pickup, stop.pickup) > rule.nearPickupSeconds) return false;
  }
  return true;
}

/** The jobs without a stop; a job that is left empty goes. */
export function without<Place>(
  jobs: readonly Job<Place>[],
  stop: Stop<Place>,
  costs: RouteCosts<Place>,
): readonly Job<Place>[] {
  const left: Job<Place>[] = [];
  for (const job of jobs) {
    const kept = job.stops.includes(stop) ? costs.shorter(job, stop) : job;
    if (kept) left.push(kept);
  }
  return left;
}
