import { z } from 'zod';
import { rateOrder as rate } from '@/db/queries/orders';
import { conflict, invalid, notFound } from '@/domain/errors';
import { mayRate, RATING_DAYS } from '@/domain/order';
import { Text } from '@/domain/text';
import { IdempotencyKey, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';

const Stars = z.number().int().min(1).max(5);

export const RateOrderInput = IdempotencyKey.extend({
  orderId: z.uuid(),
  food: Stars,
  /** Of an order that was brought; none for one that was picked up. */
  delivery: Stars.nullable(),
  comment: Text.trim().max(500).default(''),
});

/** What the customer thinks of food and delivery: once per order, and counted at once. */
export async function rateOrder(
  ctx: ServiceContext,
  input: z.infer<typeof RateOrderInput>,
): Promise<{ orderId: string }> {
  const viewer = requireRole(ctx, 'customer');
  const command = { name: 'rate-order', request: input };
  return runOrderCommand(ctx, command, input.orderId, async (tx, order) => {
    if (order.customerId !== viewer.userId) throw notFound('order');
    if (order.ratedAt) {
      throw conflict({
        reason: 'rated_already',
        message: 'You have rated this order already.',
        hint: 'Thank you: there is nothing more to do.',
      });
    }
    if (!mayRate(order, ctx.now())) {
      throw conflict({
        reason: 'not_ratable',
        message: `An order can be rated for ${RATING_DAYS} days after it has arrived.`,
        hint: 'Rate your next one.',
      });
    }
    if ((input.delivery === null) !== (order.fulfilment === 'pickup')) {
      throw invalid({
        reason: 'delivery_rating_mismatch',
        message: 'A delivery is rated if there was one, and only then.',
        hint: 'Look at the order again.',
      });
    }
    const { food, delivery, comment } = input;
    await rate(tx, order.id, { food, delivery, comment, at: ctx.now() });
    return { orderId: order.id };
  });
}
