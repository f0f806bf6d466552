import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '@/db/client';
import { owe, type PaymentRow, stepPayment } from '@/db/queries/payments';
import { insertRefund, nextRefund } from '@/db/queries/refunds';
import type { RefundImage } from '@/domain/refund';

/** The provider is asked for one part at a time: the next one is due at `at`, if there is one. */
export async function oweNextRefund(tx: Transaction, paymentId: string, at: Date): Promise<void> {
  const part = await nextRefund(tx, paymentId);
  if (part) await owe(tx, paymentId, 'refund', { amount: part.amount, at });
}

/**
 * Notes that so much of what was taken is to be given back: by the payments loop to the card, or in
 * cash as of now. The payment's order is locked, and so much is left.
 */
export async function oweRefund(
  tx: Transaction,
  payment: PaymentRow,
  part: { amount: number; reason: RefundImage['reason']; at: Date },
): Promise<void> {
  const { amount, reason, at } = part;
  const cash = payment.method === 'cash';
  const refund = { id: uuidv7(), paymentId: payment.id, amount, reason, askedAt: at };
  await insertRefund(tx, { ...refund, doneAt: cash ? at : null });
  if (!cash) {
    if (payment.due === null) await oweNextRefund(tx, payment.id, at);
    return;
  }
  const refunded = payment.refunded + amount;
  const command = refunded === payment.captured ? 'refund' : 'refund_part';
  await stepPayment(tx, payment.id, command, { refunded });
}
