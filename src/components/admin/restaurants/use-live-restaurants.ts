'use client';

import { useGathered } from '@/components/shared/use-gathered';
import { MENU_CHANGES } from '@/domain/menu-changes';
import type { RestaurantImage } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';
import { useRestaurantChanges } from '@/trpc/use-restaurant-changes';

export type Listed = { restaurant: RestaurantImage; open: boolean };

/** The list and the menus that were read, kept right by what changes. */
export function useLiveRestaurants(initial: Listed[], from: string): Listed[] {
  const utils = trpc.useUtils();
  const { data } = trpc.restaurants.list.useQuery(undefined, { initialData: initial });

  const readMenuAnew = useGathered((slug) => void utils.restaurants.get.invalidate({ slug }));

  useRestaurantChanges(from, (event) => {
    if (!event) {
      void utils.restaurants.invalidate();
      return;
    }
    const { restaurant, menuItem } = event.data;
    const listed = utils.restaurants.list
      .getData()
      ?.find((each) => each.restaurant.id === event.streamId)?.restaurant;
    if (!listed) {
      void utils.restaurants.list.invalidate();
      return;
    }
    if (restaurant) {
      utils.restaurants.list.setData(undefined, (before) =>
        before?.map((each) =>
          each.restaurant.id === restaurant.id ? { ...each, restaurant } : each,
        ),
      );
    }
    const { slug } = listed;
    if (MENU_CHANGES.has(event.type)) readMenuAnew(slug);
    if (!menuItem) return;
    utils.restaurants.get.setData(
      { slug },
      (before) =>
        before && {
          ...before,
          menu: before.menu.map((section) => ({
            ...section,
            items: section.items.map((item) =>
              item.id === menuItem.id
                ? { ...item, price: menuItem.price, soldOut: menuItem.soldOut }
                : item,
            ),
          })),
        },
    );
  });
  return data;
}
