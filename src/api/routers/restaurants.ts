import { z } from 'zod';
import { withTransportErrors } from '@/api/errors';
import { adminProcedure, publicProcedure, router } from '@/api/init';
import type { Viewer } from '@/domain/roles';
import { followFeed } from '@/realtime/follow';
import { restaurantsStart } from '@/realtime/snapshots';
import {
  CuisinesInput,
  findNearbyRestaurants,
  getRestaurant,
  getRestaurantById,
  listCuisines,
  listRestaurants,
  NearbyInput,
  RestaurantByIdInput,
  RestaurantInput,
} from '@/services/find-restaurants';

const GUEST: Viewer = { userId: '', role: 'customer', name: '' };

export const restaurantsRouter = router({
  nearby: publicProcedure
    .meta({ limited: 'search' })
    .input(NearbyInput)
    .query(({ ctx, input }) => findNearbyRestaurants(ctx.service, input)),
  cuisines: publicProcedure
    .input(CuisinesInput)
    .query(({ ctx, input }) => listCuisines(ctx.service, input)),
  get: publicProcedure
    .input(RestaurantInput)
    .query(({ ctx, input }) => getRestaurant(ctx.service, input)),
  byId: publicProcedure
    .input(RestaurantByIdInput)
    .query(({ ctx, input }) => getRestaurantById(ctx.service, input)),
  /** Where `changes` begins for a page that reads what it shows after asking this. */
  changesStart: publicProcedure.query(async ({ ctx }) => {
    const { cursor } = await restaurantsStart(ctx.deps.db);
    return { cursor };
  }),
  /** Restaurants and dishes as they change; a message without an event means: read all anew. */
  changes: publicProcedure
    .input(z.object({ lastEventId: z.string().nullish() }))
    .subscription(({ ctx, input, signal }) =>
      withTransportErrors(
        followFeed({
          db: ctx.deps.db,
          hub: ctx.deps.hub,
          viewer: GUEST,
          route: () => ({ feed: 'restaurants', topic: 'restaurants' }),
          snapshot: () => restaurantsStart(ctx.deps.db),
          lastEventId: input.lastEventId ?? null,
          signal,
        }),
      ),
    ),
  list: adminProcedure.query(({ ctx }) => listRestaurants(ctx.service)),
});
