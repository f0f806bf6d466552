import { z } from 'zod';
import { moveReady } from '@/db/queries/kitchen-steps';
import { conflict } from '@/domain/errors';
import { requireActing, requireTie } from './act-for-restaurant';
import { IdempotencyKey, runOrderCommand } from './command';
import type { ServiceContext } from './context';

export const DelayCookingInput = IdempotencyKey.extend({
  orderId: z.uuid(),
  /** So much later than it was said, or than now if that has passed. */
  minutes: z.number().int().min(1).max(120),
  /** When it was said to be ready, as whoever delays it saw it. */
  expectedReadyAt: z.iso.datetime({ offset: true }),
});

const moved = (readyAt: Date | null) =>
  conflict({
    reason: 'ready_moved',
    message: 'Somebody has moved this order at the same moment.',
    hint: 'Look at the new time, and decide again.',
    data: { readyAt: readyAt?.toISOString() ?? null },
  });

/** The food is ready later than the kitchen said; its customer and driver are told by the ETA. */
export async function delayCooking(
  ctx: ServiceContext,
  input: z.infer<typeof DelayCookingInput>,
): Promise<{ orderId: string; readyAt: string }> {
  const viewer = requireActing(ctx);
  const command = { name: 'delay-cooking', request: input };
  return runOrderCommand(ctx, command, input.orderId, async (tx, order) => {
    await requireTie(tx, viewer, order.restaurantId, 'order');
    const { readyEstimateAt: said } = order;
    if (said?.getTime() !== new Date(input.expectedReadyAt).getTime()) throw moved(said);
    const from = Math.max(said.getTime(), ctx.now().getTime());
    const readyAt = new Date(from + input.minutes * 60_000);
    if (!(await moveReady(tx, order.id, readyAt))) {
      throw conflict({
        reason: 'illegal_step',
        message: `An order that is ${order.status} can’t be delayed.`,
        hint: 'Look at its present state.',
      });
    }
    return { orderId: order.id, readyAt: readyAt.toISOString() };
  });
}
