import type { Job, Stop } from './routes';

export type BundleRule<Place> = {
  /** Deliveries in one trip, at most. */
  size: number;
  /** Pickups this far apart, seconds of travel, may share a trip; 0: only one and the same pickup. */
  nearPickupSeconds: number;
  travelSeconds: (from: Place, to: Place) => number;
};

/** Whether a stop may go along with a job. */
export function mayJoin<Place>(
  job: Job<Place>,
  stop: Stop<Place>,
  rule: BundleRule<Place>,
): boolean {
  if (job.length >= rule.size) return false;
  const { pickupId, pickup } = stop.delivery;
  for (const { delivery } of job) {
    if (delivery.pickupId === pickupId) continue;
    if (rule.nearPickupSeconds <= 0) return false;
    if (rule.travelSeconds(delivery.pickup, pickup) > rule.nearPickupSeconds) return false;
  }
  return true;
}

/** The job with the stop as its n-th dropoff. */
export function joined<Place>(job: Job<Place>, stop: Stop<Place>, n: number): Job<Place> {
  return [...job.slice(0, n), stop, ...job.slice(n)];
}

/** The jobs without a stop; a job that is left empty goes. */
export function without<Place>(
  jobs: readonly Job<Place>[],
  stop: Stop<Place>,
): readonly Job<Place>[] {
  return jobs.flatMap((job) => {
    if (!job.includes(stop)) return [job];
    return job.length > 1 ? [job.filter((other) => other !== stop)] : [];
  });
}
