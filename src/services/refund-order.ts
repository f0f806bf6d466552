import { z } from 'zod';
import { owe, paymentOfOrder, stepPayment } from '@/db/queries/payments';
import { conflict, invalid } from '@/domain/errors';
import { IdempotencyKey, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';

export const RefundOrderInput = IdempotencyKey.extend({
  orderId: z.uuid(),
  /** Minor units, of what was paid. */
  amount: z.number().int().min(1),
});

/** An admin gives back some or all of what an order has cost: to the card, or noted as given in cash. */
export async function refundOrder(
  ctx: ServiceContext,
  input: z.infer<typeof RefundOrderInput>,
): Promise<{ orderId: string }> {
  requireRole(ctx, 'admin');
  const command = { name: 'refund-order', request: input };
  return runOrderCommand(ctx, command, input.orderId, async (tx, order) => {
    const payment = await paymentOfOrder(tx, order.id);
    if (payment?.status !== 'captured' || payment.due !== null) {
      throw conflict({
        reason: 'not_refundable',
        message: 'Nothing of this order can be given back now.',
        hint: 'Look at its payment.',
      });
    }
    if (input.amount > payment.captured) {
      throw invalid({
        reason: 'refund_too_high',
        message: 'This is more than was paid.',
        hint: 'Give back what was paid at the most.',
        data: { captured: payment.captured },
      });
    }
    if (payment.method === 'cash') {
      await stepPayment(tx, payment.id, 'refund', { refunded: input.amount });
    } else {
      await owe(tx, payment.id, 'refund', { amount: input.amount, at: ctx.now() });
    }
    return { orderId: order.id };
  });
}
