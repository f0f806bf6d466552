import type { Instance } from './instance';
import type { DeliveredOrder } from './solution';

/** What a day came to. Minutes, except where it says otherwise. */
export type Measures = {
  orders: number;
  undeliveredPercent: number;
  clickToDoor: number;
  clickToDoorP90: number;
  clickToDoorMax: number;
  readyToPickup: number;
  costPerOrder: number;
};

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Between ranks, as the published evaluator does. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = share * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? Number.NaN;
  const high = sorted[Math.ceil(rank)] ?? Number.NaN;
  return low + (high - low) * (rank - Math.floor(rank));
}

export function measure(instance: Instance, delivered: readonly DeliveredOrder[]): Measures {
  const { couriers, orders, rules } = instance;
  const clickToDoor = delivered.map(({ dropoffAt, placedAt }) => dropoffAt - placedAt);
  const earned = new Map<string, number>();
  for (const { courier } of delivered) {
    earned.set(courier, (earned.get(courier) ?? 0) + rules.payPerOrder);
  }
  const cost = couriers.reduce(
    (sum, { id, onAt, offAt }) =>
      sum + Math.max(earned.get(id) ?? 0, (rules.payPerHour * (offAt - onAt)) / 60),
    0,
  );
  return {
    orders: orders.length,
    undeliveredPercent: 100 * (1 - delivered.length / orders.length),
    clickToDoor: mean(clickToDoor),
    clickToDoorP90: quantile(clickToDoor, 0.9),
    clickToDoorMax: Math.max(...clickToDoor),
    readyToPickup: mean(delivered.map(({ pickupAt, readyAt }) => pickupAt - readyAt)),
    costPerOrder: cost / delivered.length,
  };
}
