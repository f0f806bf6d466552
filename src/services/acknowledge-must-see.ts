import { z } from 'zod';
import { acknowledge } from '@/db/queries/must-sees';
import { requireActing, requireTie } from './act-for-restaurant';
import { IdempotencyKey, runOrderCommand } from './command';
import type { ServiceContext } from './context';

export const AcknowledgeInput = IdempotencyKey.extend({
  orderId: z.uuid(),
  mustSeeId: z.uuid(),
});

/**
 * Says that a kitchen has seen something: its tablets fall silent, and it climbs no further. `first` is
 * false when somebody else was faster, or it does not matter any more.
 */
export async function acknowledgeMustSee(
  ctx: ServiceContext,
  input: z.infer<typeof AcknowledgeInput>,
): Promise<{ first: boolean }> {
  const viewer = requireActing(ctx);
  const command = { name: 'acknowledge-must-see', request: input };
  return runOrderCommand(ctx, command, input.orderId, async (tx, order) => {
    await requireTie(tx, viewer, order.restaurantId, 'order');
    const seen = { id: input.mustSeeId, orderId: order.id, by: ctx.actor, at: ctx.now() };
    return { first: await acknowledge(tx, seen) };
  });
}
