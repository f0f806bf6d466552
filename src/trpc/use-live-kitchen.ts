'use client';

import { useEffect, useState } from 'react';
import type { LogEvent } from '@/domain/events';
import {
  applyToKitchenView,
  type CounterArrival,
  type KitchenView,
  tidyKitchen,
} from '@/domain/kitchen-view';
import { trpc } from './client';
import { onLiveError, type Snapshot, useLiveState, useLiveView } from './live';
import { refusalOf } from './refusal';

const TIDY_EVERY_MS = 30_000;

/** Somebody who is not tied to this restaurant any more goes to where they are. */
function onKitchenError(error: unknown): void {
  if (refusalOf(error).code === 'not_found') window.location.assign('/kitchen');
  else onLiveError(error);
}

export function useLiveKitchen(initial: Snapshot<KitchenView>, onEvent: (event: LogEvent) => void) {
  const { view, setView, take } = useLiveView(initial, applyToKitchenView);
  const { slug } = view.restaurant;
  const { status } = trpc.kitchen.watch.useSubscription(
    { slug, lastEventId: initial.cursor },
    {
      onData: ({ data }) => {
        take(data);
        if (data.kind === 'event') onEvent(data.event);
      },
      onError: onKitchenError,
    },
  );
  // The clock: what has ended goes without an event.
  useEffect(() => {
    const timer = setInterval(() => setView((v) => tidyKitchen(v, new Date())), TIDY_EVERY_MS);
    return () => clearInterval(timer);
  }, [setView]);
  return { view, live: useLiveState(status) };
}

/** Minutes until each courier is at the counter, by order. */
export function useCounterArrivals(slug: string): ReadonlyMap<string, number> {
  const [arrivals, setArrivals] = useState<readonly CounterArrival[]>([]);
  trpc.kitchen.arrivals.useSubscription({ slug }, { onData: setArrivals });
  return new Map(arrivals.map(({ orderId, minutes }) => [orderId, minutes]));
}
