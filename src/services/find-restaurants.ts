import { z } from 'zod';
import { readCalibrations } from '@/db/queries/eta';
import { cuisinesNear, deliversTo, placesNear } from '@/db/queries/nearby';
import {
  findRestaurant,
  readMenu,
  listRestaurants as readRestaurants,
} from '@/db/queries/restaurants';
import { lookUpWords, matchingDishes } from '@/db/queries/search';
import { surchargeAt } from '@/db/queries/zones';
import { notFound } from '@/domain/errors';
import { quoteMinutes } from '@/domain/eta';
import type { Calibrations } from '@/domain/eta-window';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { GeoPointSchema } from '@/domain/geo-point';
import type { MenuSection } from '@/domain/menu';
import { isOpenAt, opensAt } from '@/domain/opening-hours';
import { deliveryFee } from '@/domain/pricing';
import {
  type CuisineHere,
  type MatchingDish,
  NEARBY_SORTS,
  type NearbyPage,
  type NearbyRestaurant,
  PLACE_KINDS,
  type RestaurantImage,
} from '@/domain/restaurant';
import { LARGEST_RADIUS_M } from '@/domain/restaurant-details';
import { readWords } from '@/domain/search-words';
import { Text } from '@/domain/text';
import { requireRole, type ServiceContext } from './context';
import { readListCursor, writeListCursor } from './list-cursor';

export const NearbyInput = GeoPointSchema.extend({
  q: Text.trim().max(80).optional(),
  kind: z.enum(PLACE_KINDS).optional(),
  cuisine: Text.trim().max(40).optional(),
  /** Of those that deliver to the point, the ones no farther than this, metres. */
  radiusM: z.number().int().min(1).max(LARGEST_RADIUS_M).optional(),
  openOnly: z.boolean().default(false),
  /** Without one: nearest first, or the best match of what is looked for. */
  sort: z.enum(NEARBY_SORTS).optional(),
  limit: z.number().int().min(1).max(50).default(12),
  /** `next` of the page before. */
  cursor: Text.max(300).nullish(),
});
export type NearbyInput = z.input<typeof NearbyInput>;

const DISHES_SHOWN = 3;

type View = { at: GeoPoint; now: Date; surcharge: number; calibrations: Calibrations };

const viewFrom = async (ctx: ServiceContext, at: GeoPoint): Promise<View> => ({
  at,
  now: ctx.now(),
  surcharge: await surchargeAt(ctx.db, at),
  calibrations: await readCalibrations(ctx.db),
});

function seenFrom(
  { at, now, surcharge, calibrations }: View,
  restaurant: RestaurantImage,
  delivers: boolean,
  dishes: MatchingDish[] = [],
): NearbyRestaurant {
  const open = isOpenAt(restaurant, now);
  const distanceM = haversineMeters(restaurant.location, at);
  return {
    restaurant,
    distanceM,
    delivers,
    deliveryFee: deliveryFee(restaurant, distanceM) + surcharge,
    etaMinutes: quoteMinutes(restaurant.prepMinutes, distanceM, calibrations),
    open,
    opensAt: open ? null : (opensAt(restaurant, now)?.toISOString() ?? null),
    dishes,
  };
}

/**
 * Places that deliver to a point, page by page: open ones first, then in the order asked for. Orders other
 * than by distance look at the 400 nearest.
 */
export async function findNearbyRestaurants(
  ctx: ServiceContext,
  input: z.output<typeof NearbyInput>,
): Promise<NearbyPage> {
  const { lat, lng, q, kind, cuisine, radiusM, openOnly, limit } = input;
  const at = { lat, lng };
  const sort = input.sort ?? (q ? 'match' : 'nearest');
  const start = readListCursor(input.cursor, sort) ?? { moment: ctx.now(), after: null };
  // One more than asked for says whether there are more.
  const query = { at, kind, cuisine, radiusM, openOnly, sort, ...start, limit: limit + 1 };
  const typed = q ? await lookUpWords(ctx.db, q) : null;
  let words = typed && readWords(typed);
  if (typed && !words) return { places: [], next: null, corrected: [] };
  let rows = await placesNear(ctx.db, { ...query, words });
  if (typed && rows.length === 0) {
    // Known somewhere, but not here: then it may be a slip after all.
    words = readWords(typed, { correctAll: true });
    if (words?.some(({ corrected }) => corrected)) {
      rows = await placesNear(ctx.db, { ...query, words });
    }
  }
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const ids = shown.map(({ id }) => id);
  const dishes = words ? await matchingDishes(ctx.db, ids, words, DISHES_SHOWN) : null;
  const view = await viewFrom(ctx, at);
  return {
    places: shown.map(({ id, restaurant }) => seenFrom(view, restaurant, true, dishes?.get(id))),
    next: last ? writeListCursor({ sort, moment: start.moment, after: last }) : null,
    corrected: (words ?? [])
      .filter((word) => word.corrected)
      .map(({ typed: t, read }) => ({ typed: t, read })),
  };
}

export const CuisinesInput = GeoPointSchema;

/** What there is to choose from near a point: cuisines and kinds of shops, frequent ones first. */
export const listCuisines = (ctx: ServiceContext, at: GeoPoint): Promise<CuisineHere[]> =>
  cuisinesNear(ctx.db, at);

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
  return pageOf(ctx, await findRestaurant(ctx.db, { slug: input.slug }), input.at);
}

export const RestaurantByIdInput = RestaurantInput.omit({ slug: true }).extend({
  restaurantId: z.uuid(),
});

/** As `getRestaurant`, for programs, which keep ids. */
export async function getRestaurantById(
  ctx: ServiceContext,
  { restaurantId: id, at }: z.infer<typeof RestaurantByIdInput>,
): Promise<RestaurantPage> {
  return pageOf(ctx, await findRestaurant(ctx.db, { id }), at);
}

async function pageOf(
  ctx: ServiceContext,
  restaurant: RestaurantImage | null,
  at: GeoPoint | undefined,
): Promise<RestaurantPage> {
  if (!restaurant) throw notFound('restaurant');
  const now = ctx.now();
  const open = isOpenAt(restaurant, now);
  const nearby =
    at &&
    seenFrom(await viewFrom(ctx, at), restaurant, await deliversTo(ctx.db, restaurant.id, at));
  return {
    restaurant,
    menu: await readMenu(ctx.db, restaurant.id),
    nearby: nearby ?? null,
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
