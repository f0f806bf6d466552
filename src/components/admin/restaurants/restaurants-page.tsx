'use client';

import { PencilLine, Plus, Store } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { Cover } from '@/components/shared/cover';
import { StockList } from '@/components/shared/kitchen/stock-list';
import { useMedia, WIDE } from '@/components/shared/use-media';
import { LinkButton } from '@/components/ui/button';
import { buttonStyle } from '@/components/ui/button-style';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import { Input } from '@/components/ui/input';
import { Sheet } from '@/components/ui/sheet';
import { isOpenAt, isPaused } from '@/domain/opening-hours';
import type { RestaurantImage } from '@/domain/restaurant';
import { PauseButton } from './pause-button';
import { RestaurantStatus, useUntilWords } from './restaurant-status';
import { StaffPanel } from './staff-panel';
import { type Listed, useLiveRestaurants } from './use-live-restaurants';

const show = (slug: string | null): void =>
  window.history.replaceState(
    null,
    '',
    slug ? `/admin/restaurants?r=${slug}` : '/admin/restaurants',
  );

/** All restaurants: who takes orders, and what is sold out. */
type RestaurantsPageProps = { initial: Listed[]; cursor: string };

export function RestaurantsPage({ initial, cursor }: RestaurantsPageProps) {
  const t = useTranslations('admin.restaurants');
  const now = useNow(15);
  const wide = useMedia(WIDE);
  const listed = useLiveRestaurants(initial, cursor);
  const [text, setText] = useState('');
  const slug = useSearchParams().get('r');
  const asked = listed.find(({ restaurant }) => restaurant.slug === slug)?.restaurant ?? null;
  const shown = asked ?? (wide ? (listed[0]?.restaurant ?? null) : null);
  const found = listed.filter(({ restaurant: { name, cuisine } }) =>
    `${name} ${cuisine}`.toLowerCase().includes(text.trim().toLowerCase()),
  );
  const open = listed.filter(({ restaurant }) => isOpenAt(restaurant, now)).length;
  const paused = listed.filter(({ restaurant }) => isPaused(restaurant, now)).length;

  return (
    <div className="mx-auto max-w-6xl px-4 pt-6 pb-16 sm:px-6 lg:grid lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] lg:gap-8">
      <div>
        <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
          <div>
            <h1 className="text-xl">{t('title')}</h1>
            <p className="numerals mt-1 text-quiet text-sm" aria-live="polite">
              {t('summary', { open, paused, closed: listed.length - open - paused })}
            </p>
          </div>
          <LinkButton href="/admin/restaurants/new" variant="primary" className="ms-auto">
            <Plus aria-hidden="true" />
            {t('add')}
          </LinkButton>
          <Input
            type="search"
            aria-label={t('search')}
            placeholder={t('searchPlaceholder')}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="text-sm sm:w-64"
          />
        </div>
        {found.length === 0 ? (
          <EmptyState icon={Store} title={t('noMatch')}>
            {listed.length === 0 ? t('none') : t('tryAnother')}
          </EmptyState>
        ) : (
          <ul className="mt-5 divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
            {found.map(({ restaurant }) => (
              <Row
                key={restaurant.id}
                restaurant={restaurant}
                now={now}
                current={wide && restaurant.id === shown?.id}
              />
            ))}
          </ul>
        )}
      </div>
      {wide && shown && (
        <section
          aria-labelledby="menu-of"
          className="sticky top-20 max-h-[calc(100dvh-6.5rem)] self-start overflow-y-auto rounded-card border border-line bg-raised p-6"
        >
          <h2 id="menu-of" className="text-lg">
            <bdi>{shown.name}</bdi>
          </h2>
          <StaffPanel key={`staff-${shown.id}`} restaurant={shown} />
          <StockList key={shown.id} restaurant={shown} />
        </section>
      )}
      {!wide && (
        <Sheet open={shown !== null} onOpenChange={() => show(null)} title={shown?.name ?? ''}>
          {shown && (
            <>
              <StaffPanel key={`staff-${shown.id}`} restaurant={shown} />
              <StockList key={shown.id} restaurant={shown} />
            </>
          )}
        </Sheet>
      )}
    </div>
  );
}

type RowProps = { restaurant: RestaurantImage; now: Date; current: boolean };

function Row({ restaurant, now, current }: RowProps) {
  const { name, cuisine, id, slug } = restaurant;
  const t = useTranslations('admin.restaurants');
  const until = useUntilWords()({ restaurant, now });
  return (
    <li className={cn('relative flex items-center gap-3.5 px-4 py-3', current && 'bg-accent-soft')}>
      <Cover
        name={name}
        cuisine={cuisine}
        seed={id}
        photoId={restaurant.photoId}
        className="size-12 shrink-0 overflow-hidden rounded-control"
      />
      <div className="min-w-0 flex-1">
        <a
          href={`/admin/restaurants?r=${slug}`}
          aria-label={t('menuOf', { name })}
          aria-current={current ? 'true' : undefined}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey) return;
            event.preventDefault();
            show(slug);
          }}
          dir="auto"
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {name}
        </a>
        <p className="numerals mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-quiet text-sm">
          <RestaurantStatus restaurant={restaurant} now={now} />
          <span suppressHydrationWarning>{until ?? cuisine}</span>
        </p>
      </div>
      <span className="relative z-10">
        <PauseButton restaurant={restaurant} now={now} />
      </span>
      <Link
        href={`/admin/restaurants/${id}`}
        aria-label={t('edit', { name })}
        className={cn(buttonStyle({ variant: 'quiet', size: 'icon' }), 'z-10 -me-2')}
      >
        <PencilLine aria-hidden="true" />
      </Link>
    </li>
  );
}
