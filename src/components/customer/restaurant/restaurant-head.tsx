import { Bike, Clock3, MapPin, Navigation, ShoppingBasket, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { ClosedBadge, Rating, useClosedWords } from '@/components/customer/restaurant-words';
import { Cover } from '@/components/shared/cover';
import { distanceWords, windowWords } from '@/components/shared/time-words';
import { cn } from '@/components/ui/cn';
import { formatMoney } from '@/domain/money';
import { isOpenAt, opensAt } from '@/domain/opening-hours';
import type { NearbyRestaurant, RestaurantImage } from '@/domain/restaurant';

type RestaurantHeadProps = {
  restaurant: RestaurantImage;
  nearby: NearbyRestaurant | null;
  now: Date;
};

export function RestaurantHead({ restaurant, nearby, now }: RestaurantHeadProps) {
  const closedWords = useClosedWords();
  const open = isOpenAt(restaurant, now);
  const closed = {
    opensAt: open ? null : (opensAt(restaurant, now)?.toISOString() ?? null),
    now,
    timeZone: restaurant.timeZone,
  };
  const tooFar = nearby !== null && nearby.distanceM > restaurant.deliveryRadiusM;
  return (
    <header>
      <div className="relative h-40 overflow-hidden bg-sunken sm:h-52 lg:rounded-card">
        <Cover
          name={restaurant.name}
          cuisine={restaurant.cuisine}
          seed={restaurant.id}
          className={cn('size-full object-cover', !open && 'opacity-45 saturate-50')}
        />
        {!open && (
          <div className="absolute inset-0 grid place-items-center">
            <ClosedBadge {...closed} />
          </div>
        )}
      </div>
      <div className="px-4 pt-5 sm:px-6 lg:px-0">
        <div className="flex items-start justify-between gap-4">
          <h1 className="text-xl lg:text-2xl">{restaurant.name}</h1>
          <div className="pt-1.5 lg:pt-3">
            <Rating restaurant={restaurant} />
          </div>
        </div>
        <p className="mt-1 max-w-prose text-pretty text-quiet">{restaurant.description}</p>
        <dl className="mt-4 flex flex-wrap gap-x-5 gap-y-2 text-sm">
          {nearby && open && !tooFar && (
            <Fact icon={<Clock3 />} name="Arrives in">
              <strong className="font-medium">{windowWords(nearby.etaMinutes)}</strong>
            </Fact>
          )}
          {nearby && !tooFar && (
            <Fact icon={<Bike />} name="Delivery">
              {formatMoney(nearby.deliveryFee, restaurant.currency)} delivery
            </Fact>
          )}
          {restaurant.minimumOrder > 0 && (
            <Fact icon={<ShoppingBasket />} name="Minimum order">
              from {formatMoney(restaurant.minimumOrder, restaurant.currency)}
            </Fact>
          )}
          {nearby && (
            <Fact icon={<Navigation />} name="Distance">
              {distanceWords(nearby.distanceM)} away
            </Fact>
          )}
          <Fact icon={<MapPin />} name="Address">
            {restaurant.address}
          </Fact>
        </dl>
        <div role="status" className="empty:hidden">
          {!open && (
            <Note>
              {closedWords(closed)}. You can look around; ordering starts when the kitchen is open
              again.
            </Note>
          )}
          {tooFar && (
            <Note>
              {restaurant.name} delivers up to {distanceWords(restaurant.deliveryRadiusM)} and your
              address is {distanceWords(nearby.distanceM)} away. Choose another address, or a
              restaurant nearer to you.
            </Note>
          )}
        </div>
      </div>
    </header>
  );
}

function Fact({ icon, name, children }: { icon: ReactNode; name: string; children: ReactNode }) {
  return (
    <div className="numerals flex items-center gap-1.5 [&_svg]:size-4 [&_svg]:text-faint">
      <dt className="contents">
        <span aria-hidden="true">{icon}</span>
        <span className="sr-only">{name}</span>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

const Note = ({ children }: { children: ReactNode }) => (
  <p className="mt-4 flex gap-2.5 rounded-control bg-warn-soft px-3.5 py-3 text-sm text-warn-ink">
    <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
    <span suppressHydrationWarning>{children}</span>
  </p>
);
