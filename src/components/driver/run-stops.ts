import type { Job } from './job-words';

export type RunStop = {
  key: string;
  kind: 'pickup' | 'dropoff' | 'return';
  deliveryId: string;
  orderId: string;
  orderNumber: number;
  name: string;
};

const stop = ({ order, delivery }: Job, kind: RunStop['kind']): RunStop => ({
  key: `${kind} ${delivery.id}`,
  kind,
  deliveryId: delivery.id,
  orderId: order.id,
  orderNumber: order.number,
  name: kind === 'dropoff' ? order.dropoffAddress : order.restaurantName,
});

const waits = ({ delivery: { status } }: Job) => status === 'assigned' || status === 'at_pickup';
const goesBack = ({ delivery: { status } }: Job) => status === 'failed' || status === 'returning';

/** What is left of a run: everything is picked up, then handed over stop by stop, then brought back. */
export function stopsOf(run: readonly Job[]): RunStop[] {
  return [
    ...run.filter(waits).map((job) => stop(job, 'pickup')),
    ...run.filter((job) => !goesBack(job)).map((job) => stop(job, 'dropoff')),
    ...run.filter(goesBack).map((job) => stop(job, 'return')),
  ];
}
