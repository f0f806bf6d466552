/** One line of the driver's history; money in minor units. */
export type Delivered = {
  deliveryId: string;
  orderNumber: number;
  restaurantName: string;
  dropoffAddress: string;
  deliveredAt: string | null;
  pay: number;
  currency: string;
};

export type Day = {
  key: string;
  at: string;
  currency: string;
  sum: number;
  deliveries: Delivered[];
};

/** Latest first, by the calendar of this device, which rides in the zone it delivers in. */
export function daysOf(deliveries: readonly Delivered[]): Day[] {
  const days = new Map<string, Day>();
  for (const delivered of deliveries) {
    const { deliveredAt, currency } = delivered;
    if (!deliveredAt) continue;
    const key = new Date(deliveredAt).toDateString().replaceAll(' ', '-');
    const day = days.get(key) ?? { key, at: deliveredAt, currency, sum: 0, deliveries: [] };
    day.sum += delivered.pay;
    day.deliveries.push(delivered);
    days.set(key, day);
  }
  return [...days.values()];
}
