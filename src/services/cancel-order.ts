import { z } from 'zod';
import { deliveryOfOrder, releaseAcceptedOffer, stepDelivery } from '@/db/queries/deliveries';
import { lockDrivers, withdrawPendingOffers } from '@/db/queries/offers';
import { stepOrder } from '@/db/queries/orders';
import { cancelTerms, type NotCancellable } from '@/domain/cancellation';
import { conflict, notFound, type Refusal } from '@/domain/errors';
import { CANCEL_REASONS } from '@/domain/order';
import { IdempotencyKey } from './command';
import { requireRole, type ServiceContext } from './context';
import { type HandsOnDone, HandsOnInput, runHandsOn } from './hands-on';
import { GRACE_SECONDS, unwindOrder } from './unwind-order';

export const CancelOrderInput = IdempotencyKey.extend({
  orderId: z.uuid(),
  reason: z.enum(CANCEL_REASONS),
  /** What the customer has been told that it costs, minor units; more than that is asked for first. */
  expectedFee: z.number().int().min(0).default(0),
});

/** By an admin: with what their screen had seen, and who pays for what was cooked. */
export const CancelByAdminInput = CancelOrderInput.extend({
  ...HandsOnInput.shape,
  /** The customer as if they had cancelled themselves; else it costs them nothing. */
  payer: z.enum(['house', 'customer']).default('house'),
});

const alreadyClosed = () =>
  conflict({
    reason: 'already_closed',
    message: 'This order is closed already.',
    hint: 'Look at its present state.',
  });

function refusalFor(why: NotCancellable): Refusal {
  if (why === 'closed') return alreadyClosed();
  return conflict({
    reason: 'too_late_to_cancel',
    message: 'The kitchen has started: this order can’t be cancelled any more.',
    hint: 'Ask for help if something is wrong.',
  });
}

/** Cancels an order on the terms of its state: see `cancelTerms`. What it took is given back. */
export async function cancelOrder(
  ctx: ServiceContext,
  input: z.input<typeof CancelByAdminInput>,
): Promise<HandsOnDone> {
  const viewer = requireRole(ctx, 'customer', 'admin');
  const role = viewer.role === 'admin' ? 'admin' : 'customer';
  const command = { name: 'cancel-order', request: input };
  return runHandsOn(ctx, command, { action: 'cancel', ...input }, async (tx, order) => {
    if (role === 'customer' && order.customerId !== viewer.userId) throw notFound('order');
    const delivery = await deliveryOfOrder(tx, order.id);
    const terms = cancelTerms(order, delivery, input.payer === 'customer' ? 'customer' : role);
    if (!terms.allowed) throw refusalFor(terms.why);
    const { fee } = terms;
    if (fee > (input.expectedFee ?? 0)) {
      throw conflict({
        reason: 'cancel_costs',
        message: 'The kitchen has started: cancelling costs the price of the dishes now.',
        hint: 'Look at what it costs and decide again.',
        data: { fee },
      });
    }
    const by = { reason: input.reason, closedBy: role, cancelFee: fee };
    if (!(await stepOrder(tx, order.id, 'cancel', by))) throw alreadyClosed();
    let foodHasLeft = false;
    if (delivery) {
      await lockDrivers(tx, [delivery.id], delivery.driverId);
      await withdrawPendingOffers(tx, [delivery.id]);
      await releaseAcceptedOffer(tx, delivery.id, ctx.now());
      const reason = { reason: 'order_cancelled' };
      // Before the pickup it is off; afterwards the food has to come back.
      if (!(await stepDelivery(tx, delivery.id, 'cancel', reason))) {
        await stepDelivery(tx, delivery.id, 'fail', reason);
        foodHasLeft = true;
      }
    }
    const moneyAt = new Date(ctx.now().getTime() + GRACE_SECONDS * 1_000);
    await unwindOrder(tx, order, { fee, foodHasLeft, moneyAt });
    return {};
  });
}
