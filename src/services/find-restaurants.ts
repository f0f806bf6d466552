import { z } from 'zod';
import {
  findRestaurant,
  readMenu,
  listRestaurants as readRestaurants,
  restaurantsDeliveringTo,
} from '@/db/queries/restaurants';
import { notFound } from '@/domain/errors';
import { quoteMinutes } from '@/domain/eta';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { GeoPointSchema } from '@/domain/geo-point';
import type { MenuSection } from '@/domain/menu';
import { isOpenAt, opensAt } from '@/domain/opening-hours';
import { deliveryFee } from '@/domain/pricing';
import type { NearbyRestaurant, RestaurantImage } from '@/domain/restaurant';
import { Text } from '@/domain/text';
import { requireRole, type ServiceContext } from './context';

export const NearbyInput = GeoPointSchema.extend({
  q: Text.trim().max(80).optional(),
  cuisine: Text.trim().max(40).optional(),
  openOnly: z.boolean().optional(),
  sort: z.enum(['nearest', 'fastest', 'rating']).default('nearest'),
});

/** Nothing delivers farther than this, metres. */
const SEARCH_RADIUS_M = 20_000;
const LIMIT = 100;

function seenFrom(
  at: GeoPoint,
  restaurant: RestaurantImage,
  distanceM: number,
  now: Date,
): NearbyRestaurant {
  const open = isOpenAt(restaurant, now);
  return {
    restaurant,
    distanceM,
    deliveryFee: deliveryFee(restaurant, haversineMeters(restaurant.location, at)),
    etaMinutes: quoteMinutes(restaurant.prepMinutes, distanceM),
    open,
    opensAt: open ? null : (opensAt(restaurant, now)?.toISOString() ?? null),
  };
}

const orders: Record<
  z.infer<typeof NearbyInput>['sort'],
  (a: NearbyRestaurant, b: NearbyRestaurant) => number
> = {
  nearest: (a, b) => a.distanceM - b.distanceM,
  fastest: (a, b) => a.etaMinutes.to - b.etaMinutes.to,
  rating: (a, b) => (b.restaurant.rating ?? 0) - (a.restaurant.rating ?? 0),
};

/** Restaurants that deliver to a point: open ones first, then in the order asked for. */
export async function findNearbyRestaurants(
  ctx: ServiceContext,
  input: z.infer<typeof NearbyInput>,
): Promise<NearbyRestaurant[]> {
  const at = { lat: input.lat, lng: input.lng };
  const found = await restaurantsDeliveringTo(ctx.db, at, {
    withinM: SEARCH_RADIUS_M,
    query: input.q,
    cuisine: input.cuisine,
    limit: LIMIT,
  });
  const now = ctx.now();
  return found
    .map(({ restaurant, distanceM }) => seenFrom(at, restaurant, distanceM, now))
    .filter(({ open }) => open || !input.openOnly)
    .sort((a, b) => Number(b.open) - Number(a.open) || orders[input.sort](a, b));
}

export const RestaurantInput = z.object({
  slug: Text.max(80),
  at: GeoPointSchema.optional(),
});

export type RestaurantPage = {
  restaurant: RestaurantImage;
  menu: MenuSection[];
  nearby: NearbyRestaurant | null;
  open: boolean;
  opensAt: string | null;
};

/** One restaurant with its menu, and what it means for the point that was given. */
export async function getRestaurant(
  ctx: ServiceContext,
  input: z.infer<typeof RestaurantInput>,
): Promise<RestaurantPage> {
  const restaurant = await findRestaurant(ctx.db, { slug: input.slug });
  if (!restaurant) throw notFound('restaurant');
  const now = ctx.now();
  const open = isOpenAt(restaurant, now);
  const { at } = input;
  return {
    restaurant,
    menu: await readMenu(ctx.db, restaurant.id),
    nearby: at ? seenFrom(at, restaurant, haversineMeters(restaurant.location, at), now) : null,
    open,
    opensAt: open ? null : (opensAt(restaurant, now)?.toISOString() ?? null),
  };
}

/** All restaurants by name, for admins. */
export async function listRestaurants(
  ctx: ServiceContext,
): Promise<{ restaurant: RestaurantImage; open: boolean }[]> {
  requireRole(ctx, 'admin');
  const now = ctx.now();
  const all = await readRestaurants(ctx.db);
  return all.map((restaurant) => ({ restaurant, open: isOpenAt(restaurant, now) }));
}
