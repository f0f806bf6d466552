import { z } from 'zod';
import { isSound, polygonOf, updateRestaurant } from '@/db/queries/restaurant-edits';
import { findRestaurant } from '@/db/queries/restaurants';
import { invalid, notFound } from '@/domain/errors';
import { haversineMeters } from '@/domain/geo';
import { GeoPointSchema } from '@/domain/geo-point';
import { LARGEST_RADIUS_M, MOST_CORNERS, SMALLEST_RADIUS_M } from '@/domain/restaurant-details';
import { runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { SeenRestaurant } from './edit-restaurant';
import { overtaken } from './overtaken';

export const SetDeliveryAreaInput = SeenRestaurant.extend({
  area: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('radius'),
      radiusM: z.number().int().min(SMALLEST_RADIUS_M).max(LARGEST_RADIUS_M),
    }),
    z.object({
      kind: z.literal('polygon'),
      /** In their order around the area; the last is joined to the first. */
      corners: z.array(GeoPointSchema).min(3).max(MOST_CORNERS),
    }),
  ]),
});

/** Sets where a restaurant delivers: a circle around it, or an area that was drawn on the map. */
export async function setDeliveryArea(
  ctx: ServiceContext,
  input: z.infer<typeof SetDeliveryAreaInput>,
): Promise<{ version: number }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'set-delivery-area', request: input }, async (tx) => {
    const { restaurantId, area } = input;
    const restaurant = await findRestaurant(tx, { id: restaurantId });
    if (!restaurant) throw notFound('restaurant');
    if (area.kind === 'polygon') {
      const { location } = restaurant;
      if (area.corners.some((corner) => haversineMeters(location, corner) > LARGEST_RADIUS_M)) {
        throw invalid({
          reason: 'area_too_wide',
          message: 'A corner of this area lies too far from the restaurant.',
          hint: 'Keep every corner within 50 km.',
        });
      }
      if (!(await isSound(tx, area.corners))) {
        throw invalid({
          reason: 'area_crosses_itself',
          message: 'The sides of this area cross each other, or it holds no ground.',
          hint: 'Move the corners so that one can walk around it without crossing a side.',
        });
      }
    }
    const change =
      area.kind === 'radius'
        ? { deliveryArea: null, deliveryRadiusM: area.radiusM }
        : { deliveryArea: polygonOf(area.corners) };
    const version = await updateRestaurant(tx, input, change);
    if (version === null) throw await overtaken(tx, 'restaurant', restaurantId);
    return { version };
  });
}
