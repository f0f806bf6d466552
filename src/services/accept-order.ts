import type { Transaction } from '@/db/client';
import { deliveryOfOrder, insertDelivery, stepDelivery } from '@/db/queries/deliveries';
import { type OrderRow, stepOrder } from '@/db/queries/orders';
import { zoneOfRestaurant } from '@/db/queries/restaurants';
import { readSetting } from '@/db/queries/settings';
import { conflict, ensured } from '@/domain/errors';
import { driverPay } from '@/domain/pricing';
import { searchFrom } from '@/domain/slots';

type Acceptable = Pick<
  OrderRow,
  | 'id'
  | 'restaurantId'
  | 'pickup'
  | 'tripDistanceM'
  | 'tip'
  | 'fulfilment'
  | 'cookFrom'
  | 'prepMinutes'
  | 'paymentMethod'
  | 'paymentStatus'
>;

/** Whether the money of a card is still to be held: until then nobody cooks. */
export const awaitsPayment = (order: Pick<OrderRow, 'paymentMethod' | 'paymentStatus'>): boolean =>
  order.paymentMethod === 'card' && order.paymentStatus === 'pending';

/** When the search for a driver begins: at once, or in time for an order that is wanted later. */
function searchStart({ cookFrom, prepMinutes }: Acceptable, now: Date): Date {
  const readyAt = cookFrom && new Date(cookFrom.getTime() + prepMinutes * 60_000);
  return searchFrom(readyAt, now);
}

/** Steps a placed or cancelled order to *accepted* and has a driver searched for, in time. */
export async function acceptInTransaction(
  tx: Transaction,
  order: Acceptable,
  command: 'accept' | 'restore',
  now: Date,
  /** So long the kitchen takes; without, as long as it usually does. */
  prepMinutes = order.prepMinutes,
): Promise<void> {
  if (awaitsPayment(order)) {
    throw conflict({
      reason: 'payment_pending',
      message: 'The bank has not yet said yes to the payment of this order.',
      hint: 'Wait for it; it takes a minute at the most.',
    });
  }
  if (!(await stepOrder(tx, order.id, command, undefined, prepMinutes))) {
    throw conflict({
      reason: 'illegal_step',
      message: 'This order was answered already.',
      hint: 'Look at its present state.',
    });
  }
  if (order.fulfilment === 'pickup') return;
  const start = searchStart({ ...order, prepMinutes }, now);
  const [delivery, zoneId, terms] = await Promise.all([
    deliveryOfOrder(tx, order.id),
    zoneOfRestaurant(tx, order.restaurantId),
    readSetting(tx, 'terms'),
  ]);
  if (!delivery) {
    await insertDelivery(tx, {
      orderId: order.id,
      zoneId: ensured(zoneId, 'a restaurant'),
      pickup: order.pickup,
      pay: driverPay(terms, order.tripDistanceM, order.tip),
      ...(start > now ? { nextAttemptAt: start, searchStartedAt: start } : {}),
    });
    return;
  }
  const search = start > now ? { nextAttemptAt: start } : {};
  if (!(await stepDelivery(tx, delivery.id, 'restore', search))) {
    throw conflict({
      reason: 'food_has_left',
      message: 'The food of this order has left the restaurant already.',
      hint: 'Place a new order instead.',
    });
  }
}
