import { z } from 'zod';
import { removedDishes } from '@/db/queries/menu-edits';
import { readRestaurantEdits } from '@/db/queries/restaurant-edits';
import { findRestaurant, readMenu } from '@/db/queries/restaurants';
import { notFound } from '@/domain/errors';
import type { GeoPoint } from '@/domain/geo';
import type { RestaurantDesk } from '@/domain/restaurant-desk';
import { requireRole, type ServiceContext } from './context';

export const RestaurantDeskInput = z.object({ restaurantId: z.uuid() });

const GeoJson = z.object({ coordinates: z.array(z.array(z.tuple([z.number(), z.number()]))) });

/** A GeoJSON ring names its first corner twice. */
const cornersOf = (area: string): GeoPoint[] =>
  (GeoJson.parse(JSON.parse(area)).coordinates[0] ?? [])
    .slice(0, -1)
    .map(([lng, lat]) => ({ lat, lng }));

/** All that an admin edits of one restaurant. */
export async function getRestaurantDesk(
  ctx: ServiceContext,
  { restaurantId }: z.infer<typeof RestaurantDeskInput>,
): Promise<RestaurantDesk> {
  requireRole(ctx, 'admin');
  const restaurant = await findRestaurant(ctx.db, { id: restaurantId });
  const edits = await readRestaurantEdits(ctx.db, restaurantId);
  if (!restaurant || !edits) throw notFound('restaurant');
  const { phone, zoneName, changedBy, area } = edits;
  return {
    ...{ restaurant, phone, zoneName, changedBy, area: area ? cornersOf(area) : null },
    menu: await readMenu(ctx.db, restaurantId),
    removed: await removedDishes(ctx.db, restaurantId),
  };
}
