import { z } from 'zod';
import { releaseAcceptedOffer, stepDelivery } from '@/db/queries/deliveries';
import { HAND_BACK_REASONS } from '@/domain/delivery';
import { answeredBefore, IdempotencyKey, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { notNow, ownDelivery } from './step-delivery';

export const HandBackInput = IdempotencyKey.extend({
  deliveryId: z.uuid(),
  reason: z.enum(HAND_BACK_REASONS),
});

/** Before the pickup the driver gives a delivery back; somebody else is asked at once, they are not. */
export async function handBackDelivery(
  ctx: ServiceContext,
  input: z.infer<typeof HandBackInput>,
): Promise<{ deliveryId: string }> {
  const { userId: driverId } = requireRole(ctx, 'driver');
  const { deliveryId, reason } = input;
  const command = { name: 'hand-back-delivery', request: input };
  // Once given back it is not theirs any more: whoever repeats the request hears what they heard.
  const before = await answeredBefore<{ deliveryId: string }>(ctx, command);
  if (before) return before;
  const { orderId, status } = await ownDelivery(ctx, driverId, deliveryId);
  return runOrderCommand(ctx, command, orderId, async (tx) => {
    const now = ctx.now();
    const change = { nextAttemptAt: now, handBackReason: reason };
    const back = await stepDelivery(tx, deliveryId, 'unassign', change, { driverId });
    if (!back) throw notNow(status);
    await releaseAcceptedOffer(tx, deliveryId, now);
    return { deliveryId };
  });
}
