'use client';

import { Map as MapIcon, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { NO_FILTERS } from './filters-in-url';
import { LoadMore } from './load-more';
import { RestaurantCard, RestaurantCardSkeleton } from './restaurant-card';
import type { DiscoverState } from './use-discover';

type ResultsProps = {
  discover: DiscoverState;
  marked: string | null;
  onMark: (id: string | null) => void;
};

const gridStyle = 'grid gap-x-5 gap-y-7 sm:grid-cols-2';

export function Results({ discover, marked, onMark }: ResultsProps) {
  const t = useTranslations('discover');
  const { entries, now } = discover;
  if (discover.failed) {
    return (
      <ErrorState title={t('failed.title')} onRetry={discover.retry} retrying={discover.retrying}>
        {t('failed.hint')}
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
  if (entries.length === 0 && !discover.more.there) {
    return discover.filtered ? (
      <EmptyState
        icon={SearchX}
        title={t('nothing.title')}
        action={
          <Button
            onClick={() => discover.setFilters({ ...NO_FILTERS, kind: discover.filters.kind })}
          >
            {t('nothing.action')}
          </Button>
        }
      >
        {t(discover.searching ? 'nothing.searched' : 'nothing.filtered')}
      </EmptyState>
    ) : (
      <EmptyState icon={MapIcon} title={t('nobody.title')}>
        {t('nobody.hint')}
      </EmptyState>
    );
  }
  const groups = (['open', 'closed'] as const)
    .map((state) => ({
      state,
      entries: entries.filter(({ open }) => open === (state === 'open')),
    }))
    .filter((group) => group.entries.length > 0);
  // Found by words: the order says more than whether it is open now.
  const shown = discover.searching ? [{ state: 'open' as const, entries }] : groups;
  return (
    <div
      aria-busy={discover.outdated}
      className={cn('mt-4 transition-opacity', discover.outdated && 'opacity-50')}
    >
      <div className="flex flex-col gap-10">
        {shown.map((group) => (
          <section key={group.state} aria-label={t(`group.${group.state}`)}>
            <h2 className={group.state === 'open' ? 'sr-only' : 'mb-3 text-base'}>
              {t(`group.${group.state}`)}
            </h2>
            <ul className={gridStyle}>
              {group.entries.map((entry) => {
                const { id } = entry.restaurant;
                return (
                  <li key={id}>
                    <RestaurantCard
                      entry={entry}
                      now={now}
                      marked={id === marked}
                      onMark={onMark}
                    />
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </div>
      <LoadMore more={discover.more} />
    </div>
  );
}
