'use client';

import { useNow } from '@/components/shared/clock';
import { clockWords, lateWords } from '@/components/shared/time-words';
import { minutesToGo } from '@/domain/eta';
import type { OrderImage } from '@/domain/order';

/** When it comes: minutes from now, the same on the wall clock, and how late that is. */
export function useOrderEta(order: OrderImage) {
  const now = useNow(10);
  const minutes = minutesToGo(order, now);
  if (!minutes) return null;
  const clock = (at: string) => clockWords(at, order.timeZone);
  return {
    minutes,
    clock: `${clock(order.etaFrom ?? order.promisedFrom)}–${clock(order.etaTo ?? order.promisedTo)}`,
    late: lateWords(order.promisedTo, now),
  };
}
