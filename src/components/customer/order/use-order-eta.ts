'use client';

import { useNow } from '@/components/shared/clock';
import { type EtaMinutes, minutesToGo } from '@/domain/eta';
import { isCarrying, type Told } from './order-story';
import { type OrderWords, useOrderWords } from './use-order-words';

/** Clocks are worded when they are read: the first takes a phone some 50 ms, which are not the whole page's. */
export type OrderEta = {
  minutes: EtaMinutes;
  /** The same on the wall clock of the restaurant, 19:42–19:50. */
  clock: string;
  /** What was promised when it comes later, on the same clock; else null. */
  late: { was: string; soon: boolean } | null;
  /** The slot that was chosen, while it has not begun. */
  slot: { day: string; clock: string } | null;
};

/** Behind the promise by so much the page says so, even before the server has, milliseconds. */
const OVERDUE_MS = 60_000;

export function etaOf(told: Told, now: Date, { t, format }: OrderWords): OrderEta | null {
  const { order } = told;
  const minutes = minutesToGo(order, now);
  if (!minutes) return null;
  const clock = (at: string) => format.clock(at, order.timeZone);
  const window = (from: string, to: string) =>
    t('eta.window', { from: clock(from), to: clock(to) });
  const to = order.etaTo ?? order.promisedTo;
  const waits = order.fulfilment === 'pickup' && order.status === 'ready';
  const overdue = now.getTime() - Date.parse(order.promisedTo) >= OVERDUE_MS;
  const ahead = order.slotFrom !== null && new Date(order.slotFrom) > now && !isCarrying(told);
  return {
    minutes,
    get clock() {
      return window(order.etaFrom ?? order.promisedFrom, to);
    },
    late:
      !waits && (order.delayedAt || overdue)
        ? {
            get was() {
              return clock(order.promisedTo);
            },
            soon: new Date(to) <= now,
          }
        : null,
    slot:
      ahead && order.slotFrom && order.slotTo
        ? {
            day: format.day(order.slotFrom, now, order.timeZone),
            clock: window(order.slotFrom, order.slotTo),
          }
        : null,
  };
}

/** When it comes, as it is believed now; null when nothing comes any more. */
export const useOrderEta = (told: Told): OrderEta | null =>
  etaOf(told, useNow(10), useOrderWords());
