import Link from 'next/link';
import { ClosedBadge, Rating } from '@/components/customer/restaurant-words';
import { Cover } from '@/components/shared/cover';
import { distanceWords, windowWords } from '@/components/shared/time-words';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import { formatMoney } from '@/domain/money';
import type { NearbyRestaurant } from '@/domain/restaurant';

type RestaurantCardProps = { entry: NearbyRestaurant; now: Date; className?: string };

export function RestaurantCard({ entry, now, className }: RestaurantCardProps) {
  const { restaurant, open, opensAt, distanceM, deliveryFee, etaMinutes } = entry;
  return (
    <article
      className={cn(
        'group relative flex flex-col rounded-card has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-3',
        className,
      )}
    >
      <div className="relative aspect-[2/1] overflow-hidden rounded-card bg-sunken">
        <Cover
          name={restaurant.name}
          cuisine={restaurant.cuisine}
          seed={restaurant.id}
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
          <Link
            href={`/r/${restaurant.slug}`}
            className="outline-none after:absolute after:inset-0 after:rounded-card"
          >
            {restaurant.name}
          </Link>
        </h3>
        <Rating restaurant={restaurant} />
      </div>
      <p className="numerals mt-0.5 flex flex-wrap gap-x-1.5 text-quiet text-sm">
        {open && <span className="font-medium text-ink">{windowWords(etaMinutes)}</span>}
        {open && <Dot />}
        <span>{formatMoney(deliveryFee, restaurant.currency)} delivery</span>
        <Dot />
        <span>{distanceWords(distanceM)}</span>
        <Dot />
        <span className="capitalize">{restaurant.cuisine}</span>
      </p>
    </article>
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
