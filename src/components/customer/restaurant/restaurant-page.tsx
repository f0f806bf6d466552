'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { place } from '@/components/customer/address/place';
import { cart, entryFor } from '@/components/customer/cart/cart';
import { CartBar } from '@/components/customer/cart/cart-bar';
import { CartPanel } from '@/components/customer/cart/cart-panel';
import { useAddToCart } from '@/components/customer/cart/use-add-to-cart';
import { useLiveRestaurants } from '@/components/customer/use-live-restaurants';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { MenuItem, MenuSection } from '@/domain/menu';
import type { NearbyRestaurant, RestaurantImage } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';
import { LazyDishDialog } from './lazy-dish-dialog';
import { countIn, Menu } from './menu';
import { RestaurantHead } from './restaurant-head';

export type LoadedRestaurant = {
  restaurant: RestaurantImage;
  menu: MenuSection[];
  nearby: NearbyRestaurant | null;
  open: boolean;
  opensAt: string | null;
  /** Where the changes after this begin. */
  cursor: string;
};

export function RestaurantPage({ initial }: { initial: LoadedRestaurant }) {
  const t = useTranslations('restaurant');
  const where = place.use();
  const hydrated = useHydrated();
  const live = useLiveRestaurants(initial.cursor);
  const loaded = trpc.restaurants.get.useQuery(
    { slug: initial.restaurant.slug, at: where.at },
    { enabled: hydrated, placeholderData: keepPreviousData, staleTime: 30_000 },
  );
  const data = loaded.data ?? initial;
  const restaurant = live.restaurant(data.restaurant);
  const nearby = data.nearby && live.nearby(data.nearby);
  const menu = live.menu(data.menu);
  const current = cart.use();

  const [dish, setDish] = useState<MenuItem | null>(null);
  const { add, dialog } = useAddToCart(restaurant);
  const here = current?.restaurant.id === restaurant.id ? current : null;
  const shelf = dish && menu.find(({ items }) => items.some(({ id }) => id === dish.id));
  const shownDish = shelf?.items.find(({ id }) => id === dish?.id);

  function quickAdd(item: MenuItem) {
    if (item.optionGroups.length > 0) setDish(item);
    else add(entryFor(item, { quantity: 1, optionIds: [], note: '' }));
  }

  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-8 lg:px-6 lg:pt-6">
      <div className="min-w-0 pb-32 lg:pb-20">
        <RestaurantHead restaurant={restaurant} nearby={nearby} now={live.now} />
        <Menu menu={menu} restaurant={restaurant} cart={here} onOpen={setDish} onAdd={quickAdd} />
      </div>
      <aside aria-label={t('cart')} className="hidden lg:block">
        <div className="sticky top-20 flex max-h-[calc(100dvh-6.5rem)] flex-col overflow-hidden rounded-card border border-line bg-raised">
          <CartPanel here={restaurant.id} />
        </div>
      </aside>
      <CartBar here={restaurant.id} />
      <LazyDishDialog
        dish={
          shownDish
            ? {
                item: shownDish,
                cuisine:
                  restaurant.kind === 'restaurant' ? restaurant.cuisine : (shelf?.name ?? ''),
                restaurant,
                inCart: countIn(here, shownDish.id),
                onClose: () => setDish(null),
                onAdd: (entry) => {
                  setDish(null);
                  add(entry);
                },
              }
            : null
        }
      />
      {dialog}
    </div>
  );
}
