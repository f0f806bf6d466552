'use client';

import { List, Map as MapIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Suspense, useState } from 'react';
import { PlaceButton } from '@/components/customer/address/place-button';
import { useMedia, WIDE } from '@/components/shared/use-media';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { lazyInBrowser } from '@/components/ui/lazy-in-browser';
import { Skeleton } from '@/components/ui/skeleton';
import { Filters, SortSelect } from './filters';
import { Results } from './results';
import { type DiscoverState, type Initial, useDiscover } from './use-discover';

/** The map draws with WebGL and is heavy: it loads after the words around it. */
const MapTwin = lazyInBrowser(
  async () => ({ default: (await import('./map-twin')).MapTwin }),
  <Skeleton className="size-full rounded-none" />,
);

/** Goes to the card of a place, with the eye and with the keyboard. */
function goToCard(id: string): void {
  const card = document.querySelector(`[data-place="${id}"]`);
  card?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  card?.querySelector('a')?.focus({ preventScroll: true });
}

export function Discover({ initial }: { initial: Initial }) {
  const t = useTranslations('discover');
  const discover = useDiscover(initial);
  const [mapOpen, setMapOpen] = useState(false);
  const [marked, setMarked] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const wide = useMedia(WIDE);
  const { where, filters, now } = discover;
  const entries = discover.entries ?? [];
  const showMap = wide || mapOpen;
  const choose = (id: string) => {
    setMarked(id);
    setChosen(id);
    if (wide) goToCard(id);
  };

  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_minmax(20rem,27rem)] lg:gap-8 lg:pe-6">
      <div
        className={cn(
          'min-w-0 px-4 pt-4 pb-28 sm:px-6 lg:pe-0 lg:pt-6',
          mapOpen && 'max-lg:hidden',
        )}
      >
        <PlaceButton />
        <h1 className="mt-3 mb-4 text-xl lg:mt-4 lg:mb-5 lg:text-2xl">
          {t(`title.${filters.kind}`)}
        </h1>
        <Filters filters={filters} cuisines={discover.cuisines} onChange={discover.setFilters} />
        <div className="mt-4 flex items-center justify-between gap-4">
          {/* Comes to life in a task of its own: rules of plurals take a phone 60 ms to make. */}
          <Suspense>
            <Summary discover={discover} />
          </Suspense>
          <SortSelect
            sort={filters.sort}
            searching={discover.searching}
            onChange={(sort) => discover.setFilters({ sort })}
          />
        </div>
        <Results discover={discover} marked={marked} onMark={setMarked} />
      </div>
      {showMap && (
        <div className="max-lg:fixed max-lg:inset-x-0 max-lg:top-14 max-lg:bottom-0 lg:sticky lg:top-14 lg:h-[calc(100dvh-3.5rem)] lg:py-6">
          <div className="relative size-full overflow-hidden lg:rounded-card lg:border lg:border-line">
            <MapTwin
              entries={entries}
              where={where}
              now={now}
              wide={wide}
              marked={marked}
              chosen={chosen}
              onMark={setMarked}
              onChoose={choose}
            />
          </div>
        </div>
      )}
      <div className="pointer-events-none fixed inset-x-0 bottom-6 z-20 flex justify-center lg:hidden">
        <Button
          onClick={() => setMapOpen(!mapOpen)}
          className="pointer-events-auto h-12 rounded-full border-transparent bg-ink px-5 text-page shadow-float hover:bg-ink hover:brightness-110"
        >
          {mapOpen ? <List aria-hidden="true" /> : <MapIcon aria-hidden="true" />}
          {t(mapOpen ? 'view.list' : 'view.map')}
        </Button>
      </div>
    </div>
  );
}

/** How many there are, and what was looked for in place of what was typed. */
function Summary({ discover }: { discover: DiscoverState }) {
  const t = useTranslations('discover');
  const { entries, corrected, more } = discover;
  if (!entries) return <p role="status" />;
  const read = corrected.flatMap((word) => word.read.slice(0, 1));
  return (
    <p role="status" className="numerals min-w-0 text-quiet text-sm">
      {read.length > 0 && entries.length > 0 && (
        <span className="block font-medium text-ink">
          {t('search.instead', { words: read.join(' ') })}
        </span>
      )}
      {t(more.there ? 'countOrMore' : 'count', { count: entries.length })}
    </p>
  );
}
