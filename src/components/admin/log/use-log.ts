'use client';

import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { onLiveError, useLiveState } from '@/trpc/live';
import { type LogFilters, toLogQuery } from './log-filter-in-url';

/** Lines that came live are kept on the page up to so many. */
const MOST_FRESH = 500;

/** The log by these filters, page by page, and from now on live while `tailing`. */
export function useLog(filters: LogFilters, tailing: boolean) {
  const query = toLogQuery(filters);
  const list = trpc.log.list.useInfiniteQuery(query, {
    getNextPageParam: ({ next }) => next,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  type Line = NonNullable<typeof list.data>['pages'][number]['lines'][number];
  const [fresh, setFresh] = useState<Line[]>([]);
  const [skipped, setSkipped] = useState(0);
  const tail = trpc.log.tail.useSubscription(query, {
    enabled: tailing,
    onData: ({ lines, skipped: more }) => {
      // The first batch is empty: what was written before it is in the list.
      if (lines.length === 0) void list.refetch();
      setFresh((before) => [...lines.toReversed(), ...before].slice(0, MOST_FRESH));
      setSkipped((before) => before + more);
    },
    onError: onLiveError,
  });
  const live = useLiveState(tail.status);
  const listed = list.data?.pages.flatMap(({ lines }) => lines) ?? [];
  const known = new Set(listed.map(({ id }) => id));
  return {
    lines: [...fresh.filter(({ id }) => !known.has(id)), ...listed],
    skipped,
    live,
    loading: list.isPending,
    error: list.data ? null : list.error,
    retry: () => void list.refetch(),
    retrying: list.isFetching,
    more: {
      there: list.hasNextPage,
      loading: list.isFetchingNextPage,
      load: () => void list.fetchNextPage(),
    },
  };
}

export type LogLine = ReturnType<typeof useLog>['lines'][number];
