'use client';

import { useNow } from '@/components/shared/clock';
import { clockWords, lateWords } from '@/components/shared/time-words';
import type { DriverPosition } from '@/domain/driver';
import { remainingMinutes } from '@/domain/eta';
import { haversineMeters } from '@/domain/geo';
import type { OrderCard } from '@/domain/views';

/** When it comes: minutes from now, the same on the wall clock, and how late that is. */
export function useOrderEta(
  { order, delivery }: Pick<OrderCard, 'order' | 'delivery'>,
  courier: DriverPosition | null,
) {
  const now = useNow(10);
  const toPickup = delivery?.status === 'assigned' || delivery?.status === 'at_pickup';
  const minutes = remainingMinutes({
    order,
    delivery,
    tripDistanceM: order.tripDistanceM,
    courierDistanceM: courier
      ? haversineMeters(courier.at, toPickup ? order.pickup : order.dropoff)
      : null,
    now,
  });
  if (!minutes) return null;
  const clockIn = (ahead: number) =>
    clockWords(new Date(now.getTime() + ahead * 60_000), order.timeZone);
  return {
    minutes,
    clock: `${clockIn(minutes.from)}–${clockIn(minutes.to)}`,
    late: lateWords(order.promisedTo, now),
  };
}
