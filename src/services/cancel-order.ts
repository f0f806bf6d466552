import { z } from 'zod';
import {
  deliveryOfOrder,
  releaseAcceptedOffer,
  stepDelivery,
  withdrawPendingOffers,
} from '@/db/queries/deliveries';
import { stepOrder } from '@/db/queries/orders';
import { conflict, notFound } from '@/domain/errors';
import { CANCEL_REASONS, customerMayCancel } from '@/domain/order';
import { IdempotencyKey, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';

export const CancelOrderInput = IdempotencyKey.extend({
  orderId: z.uuid(),
  reason: z.enum(CANCEL_REASONS),
});

/** Cancels an order: its customer until the kitchen starts, an admin until it is at the door. */
export async function cancelOrder(
  ctx: ServiceContext,
  input: z.infer<typeof CancelOrderInput>,
): Promise<{ orderId: string }> {
  const viewer = requireRole(ctx, 'customer', 'admin');
  const command = { name: 'cancel-order', request: input };
  return runOrderCommand(ctx, command, input.orderId, async (tx, order) => {
    if (viewer.role === 'customer') {
      if (order.customerId !== viewer.userId) throw notFound('order');
      if (order.status !== 'cancelled' && !customerMayCancel(order.status)) {
        throw conflict({
          reason: 'too_late_to_cancel',
          message: 'The kitchen has started: this order can’t be cancelled any more.',
          hint: 'Ask for help if something is wrong.',
        });
      }
    }
    const by = { reason: input.reason, closedBy: viewer.role };
    if (!(await stepOrder(tx, order.id, 'cancel', by))) {
      throw conflict({
        reason: 'already_closed',
        message: 'This order is closed already.',
        hint: 'Look at its present state.',
      });
    }
    const delivery = await deliveryOfOrder(tx, order.id);
    if (delivery) {
      await withdrawPendingOffers(tx, delivery.id);
      await releaseAcceptedOffer(tx, delivery.id, ctx.now());
      const reason = { reason: 'order_cancelled' };
      // Before the pickup it is off; afterwards the food has to come back.
      if (!(await stepDelivery(tx, delivery.id, 'cancel', reason))) {
        await stepDelivery(tx, delivery.id, 'fail', reason);
      }
    }
    return { orderId: order.id };
  });
}
