import { z } from 'zod';
import { releaseAcceptedOffer, stepDelivery } from '@/db/queries/deliveries';
import { HAND_BACK_REASONS } from '@/domain/delivery';
import { knownDelivery } from './assign-delivery';
import { answeredBefore } from './command';
import { requireRole, type ServiceContext } from './context';
import { type HandsOnDone, HandsOnInput, runHandsOn } from './hands-on';
import { notNow, ownDelivery } from './step-delivery';

export const HandBackInput = HandsOnInput.extend({
  deliveryId: z.uuid(),
  reason: z.enum(HAND_BACK_REASONS),
});

type HandedBack = HandsOnDone & { deliveryId: string };

/**
 * Before the pickup the driver gives a delivery back, or an admin does so on their behalf; somebody else
 * is asked at once, they are not.
 */
export async function handBackDelivery(
  ctx: ServiceContext,
  input: z.infer<typeof HandBackInput>,
): Promise<HandedBack> {
  const { role, userId } = requireRole(ctx, 'driver', 'admin');
  const { deliveryId, reason, seenVersion } = input;
  const command = { name: 'hand-back-delivery', request: input };
  // Once given back it is not theirs any more: whoever repeats the request hears what they heard.
  const before = await answeredBefore<HandedBack>(ctx, command);
  if (before) return before;
  const { orderId, status } = await (role === 'driver'
    ? ownDelivery(ctx, userId, deliveryId)
    : knownDelivery(ctx, deliveryId));
  const seen = { action: 'hand_back' as const, orderId, seenVersion };
  return runHandsOn(ctx, command, seen, async (tx) => {
    const now = ctx.now();
    const change = { nextAttemptAt: now, handBackReason: reason };
    const guard = role === 'driver' ? { driverId: userId } : {};
    const back = await stepDelivery(tx, deliveryId, 'unassign', change, guard);
    if (!back) throw notNow(status);
    await releaseAcceptedOffer(tx, deliveryId, now);
    return { deliveryId };
  });
}
