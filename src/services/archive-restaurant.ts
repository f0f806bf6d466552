import type { z } from 'zod';
import { updateRestaurant } from '@/db/queries/restaurant-edits';
import { findRestaurant, hasOpenOrders } from '@/db/queries/restaurants';
import { conflict, notFound } from '@/domain/errors';
import { runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { SeenRestaurant } from './edit-restaurant';
import { overtaken } from './overtaken';

export const ArchiveRestaurantInput = SeenRestaurant;

/** Takes a restaurant off the platform for good; its orders and its events stay. */
export async function archiveRestaurant(
  ctx: ServiceContext,
  input: z.infer<typeof ArchiveRestaurantInput>,
): Promise<{ restaurantId: string }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'archive-restaurant', request: input }, async (tx) => {
    const { restaurantId } = input;
    if (!(await findRestaurant(tx, { id: restaurantId }))) throw notFound('restaurant');
    const version = await updateRestaurant(tx, input, { archivedAt: ctx.now() });
    if (version === null) throw await overtaken(tx, 'restaurant', restaurantId);
    if (await hasOpenOrders(tx, restaurantId)) {
      throw conflict({
        reason: 'restaurant_has_orders',
        message: 'This restaurant still has open orders.',
        hint: 'Pause it, and wait until they are done.',
      });
    }
    return { restaurantId };
  });
}
