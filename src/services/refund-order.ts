import { z } from 'zod';
import { paymentOfOrder } from '@/db/queries/payments';
import { refundsOfPayment } from '@/db/queries/refunds';
import { conflict, invalid } from '@/domain/errors';
import { REFUND_REASONS, refundable } from '@/domain/refund';
import { requireRole, type ServiceContext } from './context';
import { type HandsOnDone, HandsOnInput, runHandsOn } from './hands-on';
import { oweRefund } from './owe-refund';

export const RefundOrderInput = HandsOnInput.extend({
  orderId: z.uuid(),
  /** Minor units, of what was paid and is not given back yet. */
  amount: z.number().int().min(1),
  reason: z.enum(REFUND_REASONS).default('other'),
});

/**
 * An admin gives back some or all of what an order has cost: to the card, or noted as given in cash.
 * In as many parts as it takes, up to what was captured.
 */
export async function refundOrder(
  ctx: ServiceContext,
  input: z.input<typeof RefundOrderInput>,
): Promise<HandsOnDone> {
  requireRole(ctx, 'admin');
  const command = { name: 'refund-order', request: input };
  return runHandsOn(ctx, command, { action: 'refund', ...input }, async (tx, order) => {
    const payment = await paymentOfOrder(tx, order.id);
    const left = payment ? refundable(payment, await refundsOfPayment(tx, payment.id)) : 0;
    if (!payment || left === 0) {
      throw conflict({
        reason: 'not_refundable',
        message: 'Nothing of this order can be given back now.',
        hint: 'Look at its payment.',
      });
    }
    if (input.amount > left) {
      throw invalid({
        reason: 'refund_too_high',
        message: 'This is more than is left of what was paid.',
        hint: 'Give back what is left at the most.',
        data: { left },
      });
    }
    const { amount, reason = 'other' } = input;
    await oweRefund(tx, payment, { amount, reason, at: ctx.now() });
    return {};
  });
}
