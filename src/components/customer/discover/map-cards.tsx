'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Rating, useClosedWords } from '@/components/customer/restaurant-words';
import { Cover } from '@/components/shared/cover';
import { useFormat } from '@/components/shared/use-format';
import { cn } from '@/components/ui/cn';
import { QuietLink } from '@/components/ui/quiet-link';
import type { NearbyRestaurant } from '@/domain/restaurant';

type MapCardsProps = {
  entries: readonly NearbyRestaurant[];
  now: Date;
  marked: string | null;
  /** Chosen on the map: its card comes into view. */
  chosen: string | null;
  onMark: (id: string) => void;
};

/** On a phone: the list as a row under the map. The card in the middle is the marker that stands out. */
export function MapCards({ entries, now, marked, chosen, onMark }: MapCardsProps) {
  const t = useTranslations('discover');
  const { window: minutes, money } = useFormat();
  const closedWords = useClosedWords();
  const row = useRef<HTMLUListElement>(null);
  const latest = useRef(onMark);
  useEffect(() => {
    latest.current = onMark;
  });

  const ids = entries.map(({ restaurant }) => restaurant.id).join(' ');
  // Watches the row: which card has come to its middle.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids stand for the cards
  useEffect(() => {
    if (!row.current) return;
    const observer = new IntersectionObserver(
      (seen) => {
        const middle = seen.find(({ isIntersecting }) => isIntersecting)?.target;
        if (middle instanceof HTMLElement && middle.dataset.card) {
          latest.current(middle.dataset.card);
        }
      },
      { root: row.current, rootMargin: '0px -49% 0px -49%' },
    );
    for (const card of row.current.children) observer.observe(card);
    return () => observer.disconnect();
  }, [ids]);

  // Scrolls the row itself, never the page.
  useEffect(() => {
    const card = row.current?.querySelector(`[data-card="${chosen}"]`);
    card?.scrollIntoView({ block: 'nearest', inline: 'center', behavior: 'smooth' });
  }, [chosen]);

  return (
    <ul
      ref={row}
      aria-label={t('map.cards')}
      className="scroll-quiet absolute inset-x-0 bottom-28 flex snap-x snap-mandatory gap-3 overflow-x-auto px-[8vw] py-2"
    >
      {entries.map(({ restaurant, open, opensAt, etaMinutes, deliveryFee }) => (
        <li
          key={restaurant.id}
          data-card={restaurant.id}
          className={cn(
            'relative flex w-[84vw] max-w-sm shrink-0 snap-center items-center gap-3 rounded-card bg-raised p-2.5 shadow-float has-focus-visible:outline-2 has-focus-visible:outline-accent',
            restaurant.id === marked && 'outline-2 outline-accent',
          )}
        >
          <Cover
            name={restaurant.name}
            cuisine={restaurant.cuisine}
            seed={restaurant.id}
            photoId={restaurant.photoId}
            className={cn('size-16 shrink-0 rounded-control', !open && 'opacity-45')}
          />
          <div className="min-w-0 flex-1">
            <div className="flex items-baseline justify-between gap-2">
              <QuietLink
                href={`/r/${restaurant.slug}`}
                onFocus={() => onMark(restaurant.id)}
                className="heading truncate outline-none after:absolute after:inset-0"
              >
                <bdi>{restaurant.name}</bdi>
              </QuietLink>
              <Rating restaurant={restaurant} />
            </div>
            <p className="numerals mt-0.5 truncate text-quiet text-sm">
              {open
                ? `${minutes(etaMinutes)} · ${t('card.delivery', { fee: money(deliveryFee, restaurant.currency) })}`
                : closedWords({ opensAt, now, timeZone: restaurant.timeZone })}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
