import type { Transaction } from '@/db/client';
import { deliveryOfOrder, insertDelivery, stepDelivery } from '@/db/queries/deliveries';
import { type OrderRow, stepOrder } from '@/db/queries/orders';
import { zoneOfRestaurant } from '@/db/queries/restaurants';
import { conflict, ensured } from '@/domain/errors';
import { driverPay } from '@/domain/pricing';

/** Steps a placed or cancelled order to *accepted* and has a driver searched for, at once. */
export async function acceptInTransaction(
  tx: Transaction,
  order: Pick<OrderRow, 'id' | 'restaurantId' | 'pickup' | 'tripDistanceM' | 'tip'>,
  command: 'accept' | 'restore',
): Promise<void> {
  if (!(await stepOrder(tx, order.id, command))) {
    throw conflict({
      reason: 'illegal_step',
      message: 'This order was answered already.',
      hint: 'Look at its present state.',
    });
  }
  const delivery = await deliveryOfOrder(tx, order.id);
  if (!delivery) {
    const zone = ensured(await zoneOfRestaurant(tx, order.restaurantId), 'a zone per restaurant');
    await insertDelivery(tx, {
      orderId: order.id,
      zoneId: zone.zoneId,
      pickup: order.pickup,
      pay: driverPay(order.tripDistanceM, order.tip),
    });
    return;
  }
  if (!(await stepDelivery(tx, delivery.id, 'restore'))) {
    throw conflict({
      reason: 'food_has_left',
      message: 'The food of this order has left the restaurant already.',
      hint: 'Place a new order instead.',
    });
  }
}
