import type { Transaction } from '@/db/client';
import type { OrderRow } from '@/db/queries/orders';
import { owe, paymentOfOrder, stepPayment } from '@/db/queries/payments';

/**
 * The order is done: cash has been collected, a card is to be captured. Part of the transaction that
 * completes it; the provider is asked afterwards, so that it can't stand in the way of a delivery.
 */
export async function settleOrder(
  tx: Transaction,
  order: Pick<OrderRow, 'id' | 'total'>,
  now: Date,
): Promise<void> {
  const payment = await paymentOfOrder(tx, order.id);
  if (!payment) return;
  if (payment.method === 'cash') {
    await stepPayment(tx, payment.id, 'collect', { captured: payment.amount });
  } else if (payment.status === 'authorised') {
    await owe(tx, payment.id, 'capture', { amount: payment.amount, at: now });
  }
}
