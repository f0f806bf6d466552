/** One line of the driver's history; money in minor units. */
export type Delivered = {
  deliveryId: string;
  orderNumber: number;
  restaurantName: string;
  dropoffAddress: string;
  deliveredAt: string | null;
  /** With the tip in it. */
  pay: number;
  tip: number;
  currency: string;
  /** Taken at the door, and whether it was handed in. */
  cash: number;
  cashHandedIn: boolean;
  /** Stars, 1 to 5. */
  rating: number | null;
  runId: string | null;
};

/** What was carried together. */
type Run = { key: string; sum: number; deliveries: Delivered[] };

export type Day = {
  key: string;
  at: string;
  currency: string;
  /** Tips are in the sum. */
  sum: number;
  tips: number;
  /** Collected at doors, handed in or not. */
  cash: number;
  runs: Run[];
};

function add(runs: Run[], delivered: Delivered): void {
  const key = delivered.runId ?? delivered.deliveryId;
  const known = runs.find((run) => run.key === key);
  const run = known ?? { key, sum: 0, deliveries: [] };
  run.sum += delivered.pay;
  run.deliveries.push(delivered);
  if (!known) runs.push(run);
}

/** Latest first, by the calendar of this device, which rides in the zone it delivers in. */
export function daysOf(deliveries: readonly Delivered[]): Day[] {
  const days = new Map<string, Day>();
  for (const delivered of deliveries) {
    const { deliveredAt, currency } = delivered;
    if (!deliveredAt) continue;
    const key = new Date(deliveredAt).toDateString().replaceAll(' ', '-');
    const fresh = { key, at: deliveredAt, currency, sum: 0, tips: 0, cash: 0, runs: [] };
    const day: Day = days.get(key) ?? fresh;
    day.sum += delivered.pay;
    day.tips += delivered.tip;
    day.cash += delivered.cash;
    add(day.runs, delivered);
    days.set(key, day);
  }
  return [...days.values()];
}
