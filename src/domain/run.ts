import type { DeliveryStatus } from './delivery';
import type { DeliveryImage } from './delivery-image';
import { inTime } from './views';

type Carried = {
  delivery: Pick<DeliveryImage, 'id' | 'status' | 'assignedAt' | 'runId' | 'runStop'> | null;
};

const takenOn = ({ delivery }: Carried): string => delivery?.assignedAt ?? '1970-01-01';

/** As they were taken on, and within a run in the order of handing over. */
export function inRunOrder(a: Carried, b: Carried): number {
  return inTime(takenOn(a), takenOn(b)) || (a.delivery?.runStop ?? 0) - (b.delivery?.runStop ?? 0);
}

/** What comes first in a run: everything is picked up, then handed over stop by stop. */
const COMES_FIRST: readonly DeliveryStatus[] = [
  'at_dropoff',
  'at_pickup',
  'assigned',
  'picked_up',
  'failed',
  'returning',
];

const sameRun = (a: Carried, b: Carried): boolean =>
  a === b || (a.delivery?.runId != null && a.delivery.runId === b.delivery?.runId);

/** The runs of what a driver carries, as they were taken on; what was given by hand is one by itself. */
export function runsOf<Job extends Carried>(jobs: readonly Job[]): Job[][] {
  const runs: Job[][] = [];
  for (const job of jobs.toSorted(inRunOrder)) {
    const run = runs.find(([first]) => first && sameRun(first, job));
    if (run) run.push(job);
    else runs.push([job]);
  }
  return runs;
}

/** The delivery that the driver works on next, or null when they carry nothing. */
export function nextJob<Job extends Carried>(jobs: readonly Job[]): Job | null {
  const [run = []] = runsOf(jobs);
  for (const status of COMES_FIRST) {
    const job = run.find(({ delivery }) => delivery?.status === status);
    if (job) return job;
  }
  return run[0] ?? null;
}
