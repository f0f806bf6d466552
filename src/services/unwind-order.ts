import type { Transaction } from '@/db/client';
import { returnWindow, takeWindow } from '@/db/queries/kitchen-windows';
import { linesOfOrder, type OrderRow } from '@/db/queries/orders';
import { insertPayment, owe, oweNothing, paymentOfOrder, stepPayment } from '@/db/queries/payments';
import { findPromo, returnPromoUse, takePromoUse } from '@/db/queries/promos';
import { refundsOfPayment } from '@/db/queries/refunds';
import { findRestaurant } from '@/db/queries/restaurants';
import { returnStock, takeStock } from '@/db/queries/stock';
import { conflict, ensured } from '@/domain/errors';
import { shortConflict } from '@/domain/pricing';
import { promoUsed, promoUsedUp } from '@/domain/promo';
import { refundable } from '@/domain/refund';
import { slotFull } from './examine-time';
import { oweRefund } from './owe-refund';

/** Where a kitchen has lost its limit since: as many as an integer holds. */
const NO_LIMIT = 2_147_483_647;

/** A cancellation can be taken back for so long before the money of a card is let go, seconds. */
export const GRACE_SECONDS = 120;

type Ended = Pick<OrderRow, 'id' | 'restaurantId' | 'kitchenWindow' | 'promoCode' | 'customerId'>;

/** What is held on a card is let go, or so much of it taken as the cancellation costs (minor units). */
export async function unwindMoney(
  tx: Transaction,
  orderId: string,
  fee: number,
  at: Date,
): Promise<void> {
  const payment = await paymentOfOrder(tx, orderId);
  if (!payment) return;
  if (payment.method === 'cash') {
    await stepPayment(tx, payment.id, 'release');
  } else if (payment.captured > 0) {
    const asked = await refundsOfPayment(tx, payment.id);
    const amount = refundable(payment, asked) - fee;
    if (amount > 0) await oweRefund(tx, payment, { amount, reason: 'cancelled', at });
  } else if (payment.status === 'authorised' && fee > 0) {
    await owe(tx, payment.id, 'capture', { amount: Math.min(fee, payment.amount), at });
  } else if (payment.status === 'authorised' || payment.status === 'pending') {
    await owe(tx, payment.id, 'release', { at });
  }
}

/**
 * Gives back all that an order took, in the transaction that ends it without a delivery: room in the
 * kitchen, stock, the promo code, the money less `fee` (minor units).
 */
export async function unwindOrder(
  tx: Transaction,
  order: Ended,
  options: { fee?: number; foodHasLeft?: boolean; moneyAt: Date },
): Promise<void> {
  if (order.kitchenWindow) await returnWindow(tx, order.restaurantId, order.kitchenWindow);
  if (!options.foodHasLeft) await returnStock(tx, order.id);
  await returnPromoUse(tx, order.id);
  await unwindMoney(tx, order.id, options.fee ?? 0, options.moneyAt);
}

const paymentReleased = () =>
  conflict({
    reason: 'payment_released',
    message: 'The money of this order has been given back already.',
    hint: 'Ask the customer to order again.',
  });

async function takeMoneyAgain(tx: Transaction, order: OrderRow): Promise<void> {
  if (order.paymentMethod === 'card') {
    const payment = await paymentOfOrder(tx, order.id);
    if (!payment || !(await oweNothing(tx, payment.id))) throw paymentReleased();
    return;
  }
  const { id: orderId, customerId, currency, total: amount } = order;
  const cash = { method: 'cash' as const, provider: 'cash' };
  await insertPayment(tx, { ...cash, orderId, customerId, currency, amount });
}

/** Takes again what `unwindOrder` gave back, or refuses the restoration. */
export async function rewindOrder(tx: Transaction, order: OrderRow, now: Date): Promise<void> {
  const restaurant = ensured(await findRestaurant(tx, { id: order.restaurantId }), 'a restaurant');
  if (order.kitchenWindow && order.kitchenWindow > now) {
    const capacity = restaurant.slotCapacity || NO_LIMIT;
    const taken = await takeWindow(tx, order.restaurantId, order.kitchenWindow, capacity);
    if (!taken) throw slotFull();
  }
  const [short] = await takeStock(tx, await linesOfOrder(tx, order.id));
  if (short) throw shortConflict(short.name, short.itemId, short.left);
  const promo = order.promoCode ? await findPromo(tx, order.promoCode) : null;
  if (promo) {
    const use = { orderId: order.id, customerId: order.customerId };
    const taken = await takePromoUse(tx, promo.id, use);
    if (taken === 'used_up') throw promoUsedUp(promo.code);
    if (taken === 'used_by_person') throw promoUsed(promo.code);
  }
  await takeMoneyAgain(tx, order);
}
