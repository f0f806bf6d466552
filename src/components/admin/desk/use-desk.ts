'use client';

import { useGathered } from '@/components/shared/use-gathered';
import type { RestaurantDesk } from '@/domain/restaurant-desk';
import { trpc } from '@/trpc/client';
import { useRestaurantChanges } from '@/trpc/use-restaurant-changes';

/** All that is edited of a restaurant, as it is now: whoever changes it, and wherever. */
export function useDesk(initial: RestaurantDesk, from: string) {
  const restaurantId = initial.restaurant.id;
  const utils = trpc.useUtils();
  const { data } = trpc.restaurantDesk.get.useQuery(
    { restaurantId },
    { initialData: initial, staleTime: Number.POSITIVE_INFINITY },
  );
  const readAnew = useGathered((id) => {
    void utils.restaurantDesk.get.invalidate({ restaurantId: id });
  });
  useRestaurantChanges(from, (event) => {
    if (!event || event.streamId === restaurantId) readAnew(restaurantId);
  });
  return {
    desk: data,
    refresh: () => utils.restaurantDesk.get.invalidate({ restaurantId }),
    show: (change: (desk: RestaurantDesk) => RestaurantDesk) =>
      utils.restaurantDesk.get.setData({ restaurantId }, (before) => before && change(before)),
  };
}
export type Desk = ReturnType<typeof useDesk>;
