import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { nameActor } from '@/db/queries/events';
import { insertOrder } from '@/db/queries/orders';
import { conflict } from '@/domain/errors';
import { Text } from '@/domain/text';
import { acceptInTransaction } from './accept-order';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { CartInput, quoteInTransaction } from './quote-order';

export const PlaceOrderInput = IdempotencyKey.extend({
  ...CartInput.shape,
  dropoffAddress: Text.trim().min(3).max(200),
  dropoffNote: Text.trim().max(300).default(''),
  /** The total that the customer saw, minor units. */
  expectedTotal: z.number().int().min(0),
});
export type PlaceOrderInput = z.infer<typeof PlaceOrderInput>;

/** Places an order at the present prices; refuses when the total is not the one that was shown. */
export async function placeOrder(
  ctx: ServiceContext,
  input: PlaceOrderInput,
): Promise<{ orderId: string; number: number }> {
  const viewer = requireRole(ctx, 'customer');
  return runCommand(ctx, { name: 'place-order', request: input }, async (tx) => {
    const now = ctx.now();
    const { restaurant, cart, distanceM, etaMinutes } = await quoteInTransaction(tx, input, now);
    if (cart.total !== input.expectedTotal) {
      throw conflict({
        reason: 'total_changed',
        message: 'The total has changed since you saw it.',
        hint: 'Look at the new total and order again.',
        data: { total: cart.total },
      });
    }
    const id = uuidv7();
    const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
    const order = {
      id,
      customerId: viewer.userId,
      customerName: viewer.name,
      restaurantId: restaurant.id,
      restaurantName: restaurant.name,
      restaurantSlug: restaurant.slug,
      pickup: restaurant.location,
      pickupAddress: restaurant.address,
      dropoff: input.dropoff,
      dropoffAddress: input.dropoffAddress,
      dropoffNote: input.dropoffNote,
      itemCount: cart.itemCount,
      currency: restaurant.currency,
      subtotal: cart.subtotal,
      deliveryFee: cart.deliveryFee,
      tip: cart.tip,
      total: cart.total,
      prepMinutes: restaurant.prepMinutes,
      autoAccept: restaurant.autoAccept,
      tripDistanceM: distanceM,
      timeZone: restaurant.timeZone,
      promisedFrom: inMinutes(etaMinutes.from),
      promisedTo: inMinutes(etaMinutes.to),
    };
    const lines = cart.lines.map((line) => ({ ...line, id: uuidv7() }));
    const placed = await insertOrder(tx, order, lines);
    if (restaurant.autoAccept) {
      await nameActor(tx, 'system:kitchen');
      await acceptInTransaction(tx, order, 'accept');
    }
    return { orderId: placed.id, number: placed.number };
  });
}
