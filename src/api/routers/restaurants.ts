import { withTransportErrors } from '@/api/errors';
import { adminProcedure, publicProcedure, router } from '@/api/init';
import { followRestaurants } from '@/realtime/follow';
import {
  PauseInput,
  pauseRestaurant,
  SoldOutInput,
  setSoldOut,
} from '@/services/change-restaurant';
import {
  CuisinesInput,
  findNearbyRestaurants,
  getRestaurant,
  listCuisines,
  listRestaurants,
  NearbyInput,
  RestaurantInput,
} from '@/services/find-restaurants';

export const restaurantsRouter = router({
  nearby: publicProcedure
    .input(NearbyInput)
    .query(({ ctx, input }) => findNearbyRestaurants(ctx.service, input)),
  cuisines: publicProcedure
    .input(CuisinesInput)
    .query(({ ctx, input }) => listCuisines(ctx.service, input)),
  get: publicProcedure
    .input(RestaurantInput)
    .query(({ ctx, input }) => getRestaurant(ctx.service, input)),
  /** Restaurants and dishes as they change; no history, the page that opens reads afresh. */
  changes: publicProcedure.subscription(({ ctx, signal }) =>
    withTransportErrors(followRestaurants(ctx.deps.hub, signal)),
  ),
  list: adminProcedure.query(({ ctx }) => listRestaurants(ctx.service)),
  pause: adminProcedure
    .input(PauseInput)
    .mutation(({ ctx, input }) => pauseRestaurant(ctx.service, input)),
  setSoldOut: adminProcedure
    .input(SoldOutInput)
    .mutation(({ ctx, input }) => setSoldOut(ctx.service, input)),
});
