'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { DEFAULT_PLACE } from '@/components/customer/address/default-place';
import { place } from '@/components/customer/address/place';
import { useLiveRestaurants } from '@/components/customer/use-live-restaurants';
import type { NearbyPage } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';

export const SORTS = [
  { value: 'nearest', label: 'Nearest first' },
  { value: 'fastest', label: 'Fastest first' },
  { value: 'rating', label: 'Best rated first' },
] as const;
export type Sort = (typeof SORTS)[number]['value'];

export type Filters = { q: string; cuisine: string | null; openOnly: boolean; sort: Sort };

export const NO_FILTERS: Filters = { q: '', cuisine: null, openOnly: false, sort: 'nearest' };

/** The restaurants around the chosen door as the filters want them, kept right live. */
export function useDiscover(initial: NearbyPage) {
  const where = place.use();
  const [filters, setFilters] = useState(NO_FILTERS);
  const typed = useDeferredValue(filters.q.trim());
  const live = useLiveRestaurants();

  const loaded = where.at.lat === DEFAULT_PLACE.at.lat && where.at.lng === DEFAULT_PLACE.at.lng;
  const all = trpc.restaurants.nearby.useQuery(
    { ...where.at },
    {
      placeholderData: keepPreviousData,
      ...(loaded ? { initialData: initial } : {}),
      staleTime: 30_000,
    },
  );
  const filtered =
    typed !== '' || filters.cuisine !== null || filters.openOnly || filters.sort !== 'nearest';
  const matching = trpc.restaurants.nearby.useQuery(
    {
      ...where.at,
      sort: filters.sort,
      ...(typed ? { q: typed } : {}),
      ...(filters.cuisine ? { cuisine: filters.cuisine } : {}),
      ...(filters.openOnly ? { openOnly: true } : {}),
    },
    {
      enabled: filtered,
      placeholderData: keepPreviousData,
      staleTime: 30_000,
    },
  );

  const shown = filtered ? matching : all;
  const entries = shown.data?.places
    .map(live.nearby)
    .filter((entry) => !filters.openOnly || entry.open);
  const cuisines = [
    ...new Set((all.data?.places ?? []).map(({ restaurant }) => restaurant.cuisine)),
  ].sort();

  return {
    where,
    filters,
    filtered,
    setFilters: (change: Partial<Filters>) => setFilters((before) => ({ ...before, ...change })),
    entries,
    cuisines,
    now: live.now,
    /** Shown, but of the choice before. */
    outdated: shown.isPlaceholderData,
    failed: shown.isError && !shown.data,
    retry: () => void shown.refetch(),
    retrying: shown.isFetching,
  };
}
