import { z } from 'zod';
import { putOffOrder } from '@/db/queries/orders';
import { conflict, invalid } from '@/domain/errors';
import { MOST_PUT_OFF } from '@/domain/hands-on';
import type { Role } from '@/domain/roles';
import { requireRole, type ServiceContext } from './context';
import { type HandsOnDone, HandsOnInput, runHandsOn } from './hands-on';

/** Who may say that an order takes longer. */
const MAY_DELAY: readonly Role[] = ['admin'];

export const DelayOrderInput = HandsOnInput.extend({
  orderId: z.uuid(),
  /** Later by so many; earlier again where negative, as far as it was put off. */
  minutes: z
    .number()
    .int()
    .min(-MOST_PUT_OFF)
    .max(MOST_PUT_OFF)
    .refine((minutes) => minutes !== 0),
});

/**
 * Puts the time off at which an order will be ready, or takes that back. The next ETA round tells
 * customer and driver, as it does of every delay.
 */
export async function delayOrder(
  ctx: ServiceContext,
  input: z.infer<typeof DelayOrderInput>,
): Promise<HandsOnDone> {
  requireRole(ctx, ...MAY_DELAY);
  const command = { name: 'delay-order', request: input };
  return runHandsOn(ctx, command, { action: 'delay', ...input }, async (tx, order) => {
    if (order.status !== 'accepted' && order.status !== 'preparing') {
      throw conflict({
        reason: 'not_delayable',
        message: 'Only what the kitchen has still to finish can be put off.',
        hint: 'Look at its present state.',
      });
    }
    const putOff = order.putOffMinutes + input.minutes;
    if (putOff < 0 || putOff > MOST_PUT_OFF) {
      throw invalid({
        reason: 'delay_out_of_range',
        message: 'An order can’t be put off by that much, nor brought forward.',
        hint: 'Choose fewer minutes.',
        data: { most: MOST_PUT_OFF, putOff: order.putOffMinutes },
      });
    }
    await putOffOrder(tx, order.id, input.minutes);
    return {};
  });
}
