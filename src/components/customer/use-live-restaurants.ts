'use client';

import { useState } from 'react';
import { useNow } from '@/components/shared/clock';
import type { MenuItemImage, MenuSection } from '@/domain/menu';
import { isOpenAt, opensAt } from '@/domain/opening-hours';
import type { MatchingDish, NearbyRestaurant, RestaurantImage } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';
import { useRestaurantChanges } from '@/trpc/use-restaurant-changes';

type Changes = {
  restaurants: ReadonlyMap<string, RestaurantImage>;
  items: ReadonlyMap<string, MenuItemImage>;
};

const MENU_CHANGES = new Set(['menu_item.added', 'menu_item.removed']);
const NONE: Changes = { restaurants: new Map(), items: new Map() };

/** What has changed at restaurants since the page was loaded, to lay over what was loaded. */
export function useLiveRestaurants() {
  const now = useNow(15);
  const [changes, setChanges] = useState(NONE);
  const utils = trpc.useUtils();

  useRestaurantChanges((event) => {
    if (!event) {
      setChanges(NONE);
      void utils.restaurants.invalidate();
      return;
    }
    const { restaurant, menuItem } = event.data;
    // What a new item is, the event alone does not tell.
    if (MENU_CHANGES.has(event.type)) void utils.restaurants.get.invalidate();
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
      const open = isOpenAt(restaurant, now);
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
