import { z } from 'zod';
import { isSlugTaken, updateRestaurant } from '@/db/queries/restaurant-edits';
import { findRestaurant } from '@/db/queries/restaurants';
import { conflict, invalid, notFound } from '@/domain/errors';
import { RestaurantDetailsSchema } from '@/domain/restaurant-details';
import { Slug } from '@/domain/slug';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { overtaken } from './overtaken';
import { zoneOfPlace } from './restaurant-zone';

/** The restaurant on the admin's screen: two of them can't overwrite each other. */
export const SeenRestaurant = IdempotencyKey.extend({
  restaurantId: z.uuid(),
  version: z.number().int().min(1),
});

export const EditRestaurantInput = SeenRestaurant.extend({
  details: RestaurantDetailsSchema,
  /** Where its page stands; left out: as it is. Links to where it stood before lead on. */
  slug: Slug.optional(),
});

/** Changes what a restaurant is, how its kitchen works and what it charges. */
export async function editRestaurant(
  ctx: ServiceContext,
  input: z.infer<typeof EditRestaurantInput>,
): Promise<{ version: number }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'edit-restaurant', request: input }, async (tx) => {
    const { restaurantId, details, slug } = input;
    const before = await findRestaurant(tx, { id: restaurantId });
    if (!before) throw notFound('restaurant');
    const { id: zoneId, currency } = await zoneOfPlace(tx, details.location);
    if (currency !== before.currency) {
      throw invalid({
        reason: 'zone_of_other_currency',
        message: 'There, people pay in another currency.',
        hint: 'Move the pin back, or add a new restaurant there.',
      });
    }
    if (slug && (await isSlugTaken(tx, slug, restaurantId))) {
      throw conflict({
        reason: 'slug_taken',
        message: 'This address belongs to another restaurant, or belonged to one.',
        hint: 'Choose another address.',
      });
    }
    const version = await updateRestaurant(tx, input, { ...details, slug, zoneId });
    if (version === null) throw await overtaken(tx, 'restaurant', restaurantId);
    return { version };
  });
}
