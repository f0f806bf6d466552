import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { ClosedBadge, Rating } from '@/components/customer/restaurant-words';
import { Cover } from '@/components/shared/cover';
import { useFormat } from '@/components/shared/use-format';
import { cn } from '@/components/ui/cn';
import { QuietLink } from '@/components/ui/quiet-link';
import { Skeleton } from '@/components/ui/skeleton';
import type { NearbyRestaurant } from '@/domain/restaurant';
import { useCuisineWords } from './use-cuisine-words';

type RestaurantCardProps = {
  entry: NearbyRestaurant;
  now: Date;
  /** Pointed at on the map. */
  marked: boolean;
  onMark: (id: string | null) => void;
};

/** Drawn again only when its place changes: there are many of them. */
export const RestaurantCard = memo(function RestaurantCard({
  entry,
  now,
  marked,
  onMark,
}: RestaurantCardProps) {
  const { restaurant, open, opensAt } = entry;
  return (
    <article
      data-place={restaurant.id}
      onPointerEnter={() => onMark(restaurant.id)}
      onPointerLeave={() => onMark(null)}
      onFocus={() => onMark(restaurant.id)}
      onBlur={() => onMark(null)}
      className={cn(
        // Those out of sight are laid out when they come near.
        'group relative flex scroll-my-24 [contain-intrinsic-size:auto_16rem] [content-visibility:auto] flex-col rounded-card outline-offset-4 has-focus-visible:outline-2 has-focus-visible:outline-accent',
        marked && 'lg:outline-2 lg:outline-accent',
      )}
    >
      <div className="relative aspect-[2/1] overflow-hidden rounded-card bg-sunken">
        <Cover
          name={restaurant.name}
          cuisine={restaurant.cuisine}
          seed={restaurant.id}
          photoId={restaurant.photoId}
          className={cn(
            'size-full object-cover transition-[scale,filter,opacity] duration-500 ease-settle group-hover:scale-[1.02]',
            !open && 'opacity-45 saturate-50',
          )}
        />
        {!open && (
          <div className="absolute inset-0 grid place-items-center">
            <ClosedBadge opensAt={opensAt} now={now} timeZone={restaurant.timeZone} />
          </div>
        )}
      </div>
      <div className="mt-2.5 flex items-baseline justify-between gap-3">
        <h3 className="min-w-0 truncate text-base">
          <QuietLink
            href={`/r/${restaurant.slug}`}
            className="outline-none after:absolute after:inset-0 after:rounded-card"
          >
            <bdi>{restaurant.name}</bdi>
          </QuietLink>
        </h3>
        <Rating restaurant={restaurant} />
      </div>
      <PlaceFacts entry={entry} className="mt-0.5" />
      <MatchingDishes entry={entry} />
    </article>
  );
});

/** 18–26 min · €2.40 delivery · 850 m · Thai */
export function PlaceFacts({ entry, className }: { entry: NearbyRestaurant; className?: string }) {
  const t = useTranslations('discover.card');
  const { window, money, distance } = useFormat();
  const cuisineWords = useCuisineWords();
  const { restaurant, open, distanceM, deliveryFee, etaMinutes } = entry;
  return (
    <p className={cn('numerals flex flex-wrap gap-x-1.5 text-quiet text-sm', className)}>
      {open && (
        <>
          <span className="font-medium text-ink">{window(etaMinutes)}</span>
          <Dot />
        </>
      )}
      <span>
        {deliveryFee === 0
          ? t('free')
          : t('delivery', { fee: money(deliveryFee, restaurant.currency) })}
      </span>
      <Dot />
      <span>{distance(distanceM)}</span>
      <Dot />
      <bdi>{cuisineWords(restaurant.cuisine)}</bdi>
    </p>
  );
}

/** Why this place was found. */
function MatchingDishes({ entry: { dishes, restaurant } }: { entry: NearbyRestaurant }) {
  const t = useTranslations('discover.card');
  const { money } = useFormat();
  if (dishes.length === 0) return null;
  return (
    <ul aria-label={t('matches')} className="mt-2 flex flex-col gap-1 border-line border-t pt-2">
      {dishes.map(({ id, name, price, soldOut }) => (
        <li key={id} className="flex items-baseline justify-between gap-3 text-sm">
          <bdi className={cn('min-w-0 truncate', soldOut && 'text-faint line-through')}>{name}</bdi>
          <span className="numerals shrink-0 text-quiet">
            {soldOut ? t('soldOut') : money(price, restaurant.currency)}
          </span>
        </li>
      ))}
    </ul>
  );
}

const Dot = () => (
  <span aria-hidden="true" className="text-faint">
    ·
  </span>
);

export function RestaurantCardSkeleton() {
  return (
    <div className="flex flex-col">
      <Skeleton className="aspect-[2/1] rounded-card" />
      <Skeleton className="mt-3 h-4 w-2/5" />
      <Skeleton className="mt-2 h-3.5 w-3/5" />
    </div>
  );
}
