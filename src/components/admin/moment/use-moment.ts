'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { trpc } from '@/trpc/client';

/** Playing, each event stands for so long, milliseconds. */
const STEP_MS = 900;

/**
 * The moment of an order that is looked at, kept in the address so that it can be linked: the number of
 * an event, a time, or nothing for the present. `versions`: how many events there are by now.
 */
export function useMoment(orderId: string, versions: number) {
  const at = useSearchParams().get('at');
  const [playing, setPlaying] = useState(false);
  const query = trpc.log.moment.useQuery(
    { orderId, at },
    { placeholderData: keepPreviousData, staleTime: at === null ? 0 : Number.POSITIVE_INFINITY },
  );
  const { data, refetch, isPlaceholderData } = query;

  // The address, which is where the moment is kept.
  const go = useCallback(
    (next: string | null) => {
      const search = next === null ? '' : `?at=${encodeURIComponent(next)}`;
      window.history.replaceState(null, '', `/admin/orders/${orderId}${search}`);
    },
    [orderId],
  );
  // The present goes on with the order.
  useEffect(() => {
    if (at === null && versions > 0) void refetch();
  }, [at, versions, refetch]);

  const wanted = at !== null && /^\d+$/.test(at) ? Number(at) : null;
  const version = wanted === null ? (data?.version ?? versions) : Math.min(wanted, versions);
  const step = useCallback(
    (to: number) => go(String(Math.min(Math.max(1, to), versions))),
    [go, versions],
  );

  // The clock: the next event, as soon as this one has been seen for long enough.
  useEffect(() => {
    if (!playing || isPlaceholderData) return;
    if (version >= versions) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => step(version + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, isPlaceholderData, version, versions, step]);

  return {
    query,
    /** As asked for, before it has come. */
    at,
    version,
    playing,
    go,
    step: (to: number) => {
      setPlaying(false);
      step(to);
    },
    /** From the beginning when it stands at the end. */
    play: () => {
      if (!playing && version >= versions) step(1);
      setPlaying(!playing);
    },
  };
}

export type MomentControl = ReturnType<typeof useMoment>;
