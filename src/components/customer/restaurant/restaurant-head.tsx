import { Bike, Clock3, MapPin, Navigation, ShoppingBasket, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ClosedBadge, Rating, useClosedWords } from '@/components/customer/restaurant-words';
import { Cover } from '@/components/shared/cover';
import { useFormat } from '@/components/shared/use-format';
import { cn } from '@/components/ui/cn';
import { isOpenAt, opensAt } from '@/domain/opening-hours';
import type { NearbyRestaurant, RestaurantImage } from '@/domain/restaurant';

type RestaurantHeadProps = {
  restaurant: RestaurantImage;
  nearby: NearbyRestaurant | null;
  now: Date;
};

export function RestaurantHead({ restaurant, nearby, now }: RestaurantHeadProps) {
  const t = useTranslations('restaurant.head');
  const { window, money, distance } = useFormat();
  const closedWords = useClosedWords();
  const open = isOpenAt(restaurant, now);
  const closed = {
    opensAt: open ? null : (opensAt(restaurant, now)?.toISOString() ?? null),
    now,
    timeZone: restaurant.timeZone,
  };
  const { currency, minimumOrder, pickupOffered } = restaurant;
  const delivers = nearby?.delivers ?? false;
  return (
    <header>
      <div className="relative h-40 overflow-hidden bg-sunken sm:h-52 lg:rounded-card">
        <Cover
          name={restaurant.name}
          cuisine={restaurant.cuisine}
          seed={restaurant.id}
          photoId={restaurant.photoId}
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
          <h1 className="text-xl lg:text-2xl">
            <bdi>{restaurant.name}</bdi>
          </h1>
          <div className="pt-1.5 lg:pt-3">
            <Rating restaurant={restaurant} />
          </div>
        </div>
        <p className="mt-1 max-w-prose text-pretty text-quiet">
          <bdi>{restaurant.description}</bdi>
        </p>
        <dl className="mt-4 flex flex-wrap gap-x-5 gap-y-2 text-sm">
          {nearby && open && delivers && (
            <Fact icon={<Clock3 />} name={t('arrives')}>
              <strong className="font-medium">{window(nearby.etaMinutes)}</strong>
            </Fact>
          )}
          {nearby && delivers && (
            <Fact icon={<Bike />} name={t('delivery')}>
              {nearby.deliveryFee === 0
                ? t('free')
                : t('fee', { fee: money(nearby.deliveryFee, currency) })}
            </Fact>
          )}
          {minimumOrder > 0 && (
            <Fact icon={<ShoppingBasket />} name={t('minimum')}>
              {t('from', { sum: money(minimumOrder, currency) })}
            </Fact>
          )}
          {nearby && (
            <Fact icon={<Navigation className="rtl:-scale-x-100" />} name={t('distance')}>
              {t('away', { distance: distance(nearby.distanceM) })}
            </Fact>
          )}
          <Fact icon={<MapPin />} name={t('address')}>
            <bdi>{restaurant.address}</bdi>
          </Fact>
        </dl>
        <div role="status" className="empty:hidden">
          {!open && <Note>{t('closed', { when: closedWords(closed) })}</Note>}
          {nearby && !delivers && (
            <Note>
              {t(pickupOffered ? 'notHereButPickup' : 'notHere', {
                name: restaurant.name,
                distance: distance(nearby.distanceM),
              })}
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
