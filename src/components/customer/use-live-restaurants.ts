'use client';

import { useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { useGathered } from '@/components/shared/use-gathered';
import type { MenuItemImage, MenuSection } from '@/domain/menu';
import { MENU_CHANGES } from '@/domain/menu-changes';
import { isOpenAt, opensAt } from '@/domain/opening-hours';
import type { MatchingDish, NearbyRestaurant, RestaurantImage } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';
import { useRestaurantChanges } from '@/trpc/use-restaurant-changes';

type Changes = {
  restaurants: ReadonlyMap<string, RestaurantImage>;
  items: ReadonlyMap<string, MenuItemImage>;
};

const NONE: Changes = { restaurants: new Map(), items: new Map() };

const isUntouched = ({ restaurant, dishes }: NearbyRestaurant, { restaurants, items }: Changes) =>
  !restaurants.has(restaurant.id) && !dishes.some(({ id }) => items.has(id));

const isMenuOf = (data: unknown, restaurantId: string): boolean =>
  typeof data === 'object' &&
  data !== null &&
  'restaurant' in data &&
  typeof data.restaurant === 'object' &&
  data.restaurant !== null &&
  'id' in data.restaurant &&
  data.restaurant.id === restaurantId;

/** What has changed at restaurants since the page was loaded, at `from`, to lay over what was loaded. */
export function useLiveRestaurants(from: string) {
  const now = useNow(15);
  const [changes, setChanges] = useState(NONE);
  const [loadedAt] = useState(now);
  const utils = trpc.useUtils();

  const readMenuAnew = useGathered((restaurantId: string) => {
    void utils.restaurants.get.invalidate(undefined, {
      predicate: ({ state }) => isMenuOf(state.data, restaurantId),
    });
  });

  useRestaurantChanges(from, (event) => {
    if (!event) {
      setChanges(NONE);
      void utils.restaurants.invalidate();
      return;
    }
    const { restaurant, menuItem } = event.data;
    if (MENU_CHANGES.has(event.type)) readMenuAnew(event.streamId);
    setChanges((before) => ({
      restaurants: restaurant
        ? new Map(before.restaurants).set(restaurant.id, restaurant)
        : before.restaurants,
      items: menuItem ? new Map(before.items).set(menuItem.id, menuItem) : before.items,
    }));
  });

  const latest = (loaded: RestaurantImage): RestaurantImage =>
    changes.restaurants.get(loaded.id) ?? loaded;

  const latestDish = (dish: MatchingDish): MatchingDish => {
    const changed = changes.items.get(dish.id);
    return changed ? { ...dish, price: changed.price, soldOut: changed.soldOut } : dish;
  };

  return {
    now,
    restaurant: latest,
    nearby(loaded: NearbyRestaurant): NearbyRestaurant {
      const restaurant = latest(loaded.restaurant);
      const untouched = isUntouched(loaded, changes);
      // The server has just said it. The first look into a time zone takes a browser long.
      if (untouched && now === loadedAt) return loaded;
      const open = isOpenAt(restaurant, now);
      // The same object: its card is not drawn again.
      if (untouched && open === loaded.open) return loaded;
      return {
        ...loaded,
        restaurant,
        dishes: loaded.dishes.map(latestDish),
        open,
        opensAt: open ? null : (opensAt(restaurant, now)?.toISOString() ?? null),
      };
    },
    menu: (loaded: MenuSection[]): MenuSection[] =>
      changes.items.size === 0
        ? loaded
        : loaded.map((section) => ({
            ...section,
            items: section.items.map((item) => {
              const changed = changes.items.get(item.id);
              return changed
                ? { ...item, price: changed.price, soldOut: changed.soldOut, stock: changed.stock }
                : item;
            }),
          })),
  };
}
