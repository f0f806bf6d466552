import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Transaction } from '@/db/client';
import { insertRestaurant, slugsLike } from '@/db/queries/restaurant-edits';
import { RestaurantDetailsSchema } from '@/domain/restaurant-details';
import { slugOf } from '@/domain/slug';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { zoneOfPlace } from './restaurant-zone';

export const CreateRestaurantInput = IdempotencyKey.extend({ details: RestaurantDetailsSchema });

/** Until an area is drawn or another radius is set. */
const FIRST_RADIUS_M = 4_000;

async function freeSlug(tx: Transaction, name: string): Promise<string> {
  const wanted = slugOf(name) || 'place';
  const taken = await slugsLike(tx, wanted);
  let slug = wanted;
  for (let n = 2; taken.has(slug); n += 1) slug = `${wanted}-${n}`;
  return slug;
}

/** A new restaurant. It has no hours yet, and so nobody can order before it is ready. */
export async function createRestaurant(
  ctx: ServiceContext,
  input: z.infer<typeof CreateRestaurantInput>,
): Promise<{ restaurantId: string; slug: string }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'create-restaurant', request: input }, async (tx) => {
    const { details } = input;
    const { id: zoneId, timeZone, currency } = await zoneOfPlace(tx, details.location);
    const restaurantId = uuidv7();
    const slug = await freeSlug(tx, details.name);
    const rest = { hours: [], deliveryRadiusM: FIRST_RADIUS_M };
    await insertRestaurant(tx, {
      ...{ ...details, ...rest, id: restaurantId, zoneId, slug, timeZone, currency },
    });
    return { restaurantId, slug };
  });
}
