'use client';

import { useRef } from 'react';
import type { LogEvent } from '@/domain/events';
import { trpc } from './client';

/**
 * Calls back for each change of a restaurant or dish since the cursor `from`; null means: something may
 * have been missed, read anew. Without a cursor it begins with that.
 */
export function useRestaurantChanges(
  from: string | null,
  onChange: (event: LogEvent | null) => void,
): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  trpc.restaurants.changes.useSubscription(
    { lastEventId: from },
    { onData: ({ data }) => latest.current(data.kind === 'event' ? data.event : null) },
  );
}
