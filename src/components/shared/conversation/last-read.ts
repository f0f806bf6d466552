'use client';

import { useEffect } from 'react';
import { stored } from '@/components/shared/stored';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { MessageImage, Writer } from '@/domain/message';

const isTimes = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((at) => typeof at === 'string');

/** The latest message that was read on this device, by order. */
const lastRead = stored<Record<string, string>>('hotfoot.last-read', {}, (value) =>
  isTimes(value) ? value : null,
);
const ORDERS_KEPT = 20;

function markRead(orderId: string, at: string): void {
  const before = lastRead.get();
  if (Date.parse(before[orderId] ?? '') >= Date.parse(at)) return;
  const { [orderId]: _, ...others } = before;
  const kept = Object.entries(others).slice(1 - ORDERS_KEPT);
  lastRead.set({ ...Object.fromEntries(kept), [orderId]: at });
}

/** Messages of others that nobody has looked at on this device; `reading` looks at them. */
export function useUnread(
  orderId: string,
  messages: readonly MessageImage[],
  me: Writer,
  reading: boolean,
): number {
  const hydrated = useHydrated();
  const read = Date.parse(lastRead.use()[orderId] ?? '') || 0;
  const latest = messages.at(-1)?.sentAt;
  // The device's storage: what is on the screen has been read.
  useEffect(() => {
    if (reading && latest) markRead(orderId, latest);
  }, [reading, latest, orderId]);
  if (!hydrated || reading) return 0;
  return messages.filter(({ senderRole, sentAt }) => senderRole !== me && Date.parse(sentAt) > read)
    .length;
}
