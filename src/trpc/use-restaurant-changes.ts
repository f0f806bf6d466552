'use client';

import { useRef } from 'react';
import type { LogEvent } from '@/domain/events';
import { trpc } from './client';

/** Calls back for each change of a restaurant or dish; null means: something was missed, read anew. */
export function useRestaurantChanges(onChange: (event: LogEvent | null) => void): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  trpc.restaurants.changes.useSubscription(undefined, {
    onData: (event) => latest.current(event),
  });
}
