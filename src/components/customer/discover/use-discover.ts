'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { DEFAULT_PLACE } from '@/components/customer/address/default-place';
import { place } from '@/components/customer/address/place';
import { useLiveRestaurants } from '@/components/customer/use-live-restaurants';
import { useSettled } from '@/components/shared/use-settled';
import type { CuisineHere, NearbyPage, NearbyRestaurant } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';
import { type Filters, isFiltered, readFilters, toQuery, writeFilters } from './filters-in-url';

/** What the server has put on the page for the first place. */
export type Initial = {
  page: NearbyPage;
  cuisines: CuisineHere[];
  /** Where the changes after these begin. */
  cursor: string;
};

const FRESH_MS = 30_000;
const TYPING_MS = 200;

/** Each place once: one that has closed between two pages may come with both. */
function eachOnce(pages: readonly NearbyPage[]): NearbyRestaurant[] {
  const byId = new Map<string, NearbyRestaurant>();
  for (const { places } of pages) {
    for (const entry of places) {
      if (!byId.has(entry.restaurant.id)) byId.set(entry.restaurant.id, entry);
    }
  }
  return [...byId.values()];
}

/** The places that deliver to the chosen door, as the filters want them, page by page, kept right live. */
export function useDiscover(initial: Initial) {
  const where = place.use();
  const params = useSearchParams();
  const [filters, setFilters] = useState(() => readFilters(params));
  const [started] = useState(() => writeFilters(filters));
  const q = useSettled(filters.q, TYPING_MS);
  const asked = { ...filters, q };
  const live = useLiveRestaurants(initial.cursor);

  const address = writeFilters(asked);
  // The address bar keeps the filters for the way back and for sharing. One that says the same in other
  // letters stays: writing it would undo a click on a link that is just being followed.
  useEffect(() => {
    const here = readFilters(new URLSearchParams(window.location.search));
    if (writeFilters(here) !== address) {
      window.history.replaceState(null, '', `${window.location.pathname}${address}`);
    }
  }, [address]);

  const atStart = where.at.lat === DEFAULT_PLACE.at.lat && where.at.lng === DEFAULT_PLACE.at.lng;
  const list = trpc.restaurants.nearby.useInfiniteQuery(
    { ...where.at, ...toQuery(asked) },
    {
      getNextPageParam: ({ next }) => next,
      placeholderData: keepPreviousData,
      staleTime: FRESH_MS,
      ...(atStart && address === started
        ? { initialData: { pages: [initial.page], pageParams: [null] } }
        : {}),
    },
  );
  const cuisines = trpc.restaurants.cuisines.useQuery(where.at, {
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    ...(atStart ? { initialData: initial.cuisines } : {}),
  });

  const entries = list.data
    ? eachOnce(list.data.pages)
        .map(live.nearby)
        .filter(({ open }) => open || !filters.openOnly)
    : null;

  return {
    where,
    filters,
    filtered: isFiltered(filters),
    searching: asked.q.trim() !== '',
    setFilters: (change: Partial<Filters>) => setFilters((before) => ({ ...before, ...change })),
    entries,
    corrected: list.data?.pages[0]?.corrected ?? [],
    cuisines: cuisines.data ?? [],
    now: live.now,
    /** Shown, but of the choice before. */
    outdated: list.isPlaceholderData || q !== filters.q,
    failed: list.isError && !list.data,
    retry: () => void list.refetch(),
    retrying: list.isFetching,
    more: {
      there: list.hasNextPage && !list.isPlaceholderData,
      loading: list.isFetchingNextPage,
      failed: list.isFetchNextPageError,
      load: () => void list.fetchNextPage(),
    },
  };
}

export type DiscoverState = ReturnType<typeof useDiscover>;
