import { z } from 'zod';
import { setPausedUntil, setSoldOut as writeSoldOut } from '@/db/queries/restaurants';
import { restaurantOfItem } from '@/db/queries/staff';
import { notFound } from '@/domain/errors';
import { requireActing, requireTie } from './act-for-restaurant';
import { IdempotencyKey, runCommand } from './command';
import type { ServiceContext } from './context';

export const PauseInput = IdempotencyKey.extend({
  restaurantId: z.uuid(),
  /** Closed for so long; null opens it again. */
  minutes: z.number().int().min(1).max(10_080).nullable(),
});

/** Closes a restaurant for a while, whatever its hours say, or opens it again. */
export async function pauseRestaurant(
  ctx: ServiceContext,
  input: z.infer<typeof PauseInput>,
): Promise<{ restaurantId: string; pausedUntil: string | null }> {
  const viewer = requireActing(ctx);
  return runCommand(ctx, { name: 'pause-restaurant', request: input }, async (tx) => {
    await requireTie(tx, viewer, input.restaurantId, 'restaurant');
    const until =
      input.minutes === null ? null : new Date(ctx.now().getTime() + input.minutes * 60_000);
    if (!(await setPausedUntil(tx, input.restaurantId, until))) throw notFound('restaurant');
    return { restaurantId: input.restaurantId, pausedUntil: until?.toISOString() ?? null };
  });
}

export const SoldOutInput = IdempotencyKey.extend({ itemId: z.uuid(), soldOut: z.boolean() });

/** Takes a dish off the menu until it is back. */
export async function setSoldOut(
  ctx: ServiceContext,
  input: z.infer<typeof SoldOutInput>,
): Promise<{ itemId: string; soldOut: boolean }> {
  const viewer = requireActing(ctx);
  return runCommand(ctx, { name: 'set-sold-out', request: input }, async (tx) => {
    await requireTie(tx, viewer, await restaurantOfItem(tx, input.itemId), 'dish');
    if (!(await writeSoldOut(tx, input.itemId, input.soldOut))) throw notFound('dish');
    return { itemId: input.itemId, soldOut: input.soldOut };
  });
}
