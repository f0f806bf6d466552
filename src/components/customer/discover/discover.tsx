'use client';

import { List, Map as MapIcon, SearchX } from 'lucide-react';
import { useState } from 'react';
import { PlaceButton } from '@/components/customer/address/place-button';
import { useHydrated } from '@/components/shared/stored';
import { useMedia, WIDE } from '@/components/shared/use-media';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import type { NearbyPage, NearbyRestaurant } from '@/domain/restaurant';
import { Filters, SortSelect } from './filters';
import { RestaurantCard, RestaurantCardSkeleton } from './restaurant-card';
import { RestaurantMap } from './restaurant-map';
import { NO_FILTERS, useDiscover } from './use-discover';

export function Discover({ initial }: { initial: NearbyPage }) {
  const discover = useDiscover(initial);
  const [mapOpen, setMapOpen] = useState(false);
  const wide = useMedia(WIDE);
  const hydrated = useHydrated();
  const { entries, where, now } = discover;
  const showMap = hydrated && (wide || mapOpen);

  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_minmax(20rem,27rem)] lg:gap-8 lg:pr-6">
      <div
        className={cn(
          'min-w-0 px-4 pt-4 pb-28 sm:px-6 lg:pt-6 lg:pr-0',
          mapOpen && 'max-lg:hidden',
        )}
      >
        <PlaceButton />
        <h1 className="mt-3 mb-4 text-xl lg:mt-4 lg:mb-5 lg:text-2xl">Who cooks tonight?</h1>
        <Filters
          filters={discover.filters}
          cuisines={discover.cuisines}
          onChange={discover.setFilters}
        />
        <div className="mt-4 flex items-center justify-between gap-4">
          <p role="status" className="numerals text-quiet text-sm">
            {entries && countWords(entries)}
          </p>
          <SortSelect
            sort={discover.filters.sort}
            onChange={(sort) => discover.setFilters({ sort })}
          />
        </div>
        <Results discover={discover} />
      </div>
      {showMap && (
        <div className="max-lg:fixed max-lg:inset-x-0 max-lg:top-14 max-lg:bottom-0 lg:sticky lg:top-14 lg:h-[calc(100dvh-3.5rem)] lg:py-6">
          <div className="size-full overflow-hidden lg:rounded-card lg:border lg:border-line">
            <RestaurantMap entries={entries ?? []} where={where} now={now} />
          </div>
        </div>
      )}
      <div className="fixed inset-x-0 bottom-6 z-20 flex justify-center lg:hidden">
        <Button
          onClick={() => setMapOpen(!mapOpen)}
          className="h-12 rounded-full border-transparent bg-ink px-5 text-page shadow-float hover:bg-ink hover:brightness-110"
        >
          {mapOpen ? <List aria-hidden="true" /> : <MapIcon aria-hidden="true" />}
          {mapOpen ? 'List' : 'Map'}
        </Button>
      </div>
    </div>
  );
}

function countWords(entries: readonly NearbyRestaurant[]): string {
  const open = entries.filter((entry) => entry.open).length;
  return open === entries.length ? `${open} open` : `${open} of ${entries.length} open`;
}

function Results({ discover }: { discover: ReturnType<typeof useDiscover> }) {
  const { entries, now } = discover;
  if (discover.failed) {
    return (
      <ErrorState
        title="The restaurants did not load"
        onRetry={discover.retry}
        retrying={discover.retrying}
      >
        The line may be down. Check your connection, then try again.
      </ErrorState>
    );
  }
  if (!entries) {
    return (
      <div className={cn(gridStyle, 'mt-4')}>
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <RestaurantCardSkeleton key={key} />
        ))}
      </div>
    );
  }
  if (entries.length === 0) {
    return discover.filtered ? (
      <EmptyState
        icon={SearchX}
        title="Nothing matches"
        action={
          <Button onClick={() => discover.setFilters(NO_FILTERS)}>Show all restaurants</Button>
        }
      >
        No restaurant around here fits all of these wishes. Take one away.
      </EmptyState>
    ) : (
      <EmptyState icon={MapIcon} title="Nobody delivers here yet">
        There is no restaurant in reach of this address. Choose another one above.
      </EmptyState>
    );
  }
  const groups = [
    { title: 'Open now', entries: entries.filter(({ open }) => open) },
    { title: 'Closed', entries: entries.filter(({ open }) => !open) },
  ].filter((group) => group.entries.length > 0);
  return (
    <div
      className={cn(
        'mt-4 flex flex-col gap-10 transition-opacity',
        discover.outdated && 'opacity-50',
      )}
    >
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h2 className={group.title === 'Open now' ? 'sr-only' : 'mb-3 text-base'}>
            {group.title}
          </h2>
          <ul className={gridStyle}>
            {group.entries.map((entry) => (
              <li key={entry.restaurant.id}>
                <RestaurantCard entry={entry} now={now} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const gridStyle = 'grid gap-x-5 gap-y-7 sm:grid-cols-2';
