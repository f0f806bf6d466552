import type { Day } from './day';
import { mean, quantile } from './measure';

type Row = Record<string, string | number>;

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** The 99th percentile of the rounds of the day where it is highest. */
const slowestP99 = (days: readonly Day[], of: 'roundMs' | 'roundCpuMs') =>
  round(Math.max(...days.map((day) => quantile(day[of], 0.99))), 1);

export function rowOf(day: Day): Row {
  return {
    instance: day.instance,
    orders: day.orders,
    'undelivered %': round(day.undeliveredPercent, 3),
    CtD: round(day.clickToDoor, 2),
    'CtD p90': round(day.clickToDoorP90, 1),
    'CtD max': round(day.clickToDoorMax, 0),
    RtP: round(day.readyToPickup, 2),
    'cost/order': round(day.costPerOrder, 2),
    'orders/trip': round(day.ordersPerTrip, 2),
    'round p99 ms': round(quantile(day.roundMs, 0.99), 1),
    'round p99 cpu ms': round(quantile(day.roundCpuMs, 0.99), 1),
    'round max ms': round(Math.max(...day.roundMs), 1),
  };
}

/** Means over instances. `limit` is the longest click-to-door that the rules allow, minutes. */
export function summary(title: string, days: readonly Day[], limit: number): Row {
  const over = (pick: (day: Day) => number, digits: number) => round(mean(days.map(pick)), digits);
  const within = days.filter(({ clickToDoorMax }) => clickToDoorMax <= limit).length;
  return {
    days: title,
    instances: days.length,
    'undelivered %': over((day) => day.undeliveredPercent, 3),
    CtD: over((day) => day.clickToDoor, 2),
    'CtD p90': over((day) => day.clickToDoorP90, 2),
    'CtD max': over((day) => day.clickToDoorMax, 1),
    [`none over ${limit}`]: `${round((100 * within) / days.length, 1)} %`,
    RtP: over((day) => day.readyToPickup, 2),
    'cost/order': over((day) => day.costPerOrder, 2),
    'orders/trip': over((day) => day.ordersPerTrip, 2),
    'round p99 ms': slowestP99(days, 'roundMs'),
    'round p99 cpu ms': slowestP99(days, 'roundCpuMs'),
  };
}

/** What no planner can help: nobody on duty when an order is ready, or ready too late for the limit. */
export function unavoidable(
  counts: readonly { orders: number; nobody: number; late: number }[],
): Row {
  const percent = (pick: (it: (typeof counts)[number]) => number) =>
    round(mean(counts.map((it) => (100 * pick(it)) / it.orders)), 3);
  return {
    'nobody on duty, %': percent(({ nobody }) => nobody),
    'over the limit whatever is done, %': percent(({ late }) => late),
    'instances with such orders': counts.filter(({ late }) => late > 0).length,
  };
}
