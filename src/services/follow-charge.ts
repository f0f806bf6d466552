import type { Transaction } from '@/db/client';
import { stepOrder } from '@/db/queries/orders';
import { type LockedPayment, stepPayment } from '@/db/queries/payments';
import { nextRefund, refundDone } from '@/db/queries/refunds';
import type { Charge } from '@/domain/payment';
import { compareBooks, type Finding } from '@/domain/reconciliation';
import { oweNextRefund } from './owe-refund';
import { unwindOrder } from './unwind-order';

/**
 * Our books follow what a provider says, as far as it is what we asked for. Payment and order are
 * locked. Of a payment that a bank has refused, the order that waited for it ends.
 */
export async function followCharge(
  tx: Transaction,
  { payment, order }: LockedPayment,
  charge: Charge | null,
  now: Date,
): Promise<Finding> {
  const finding = compareBooks(payment, charge);
  if (finding.kind !== 'follow' || !charge) return finding;
  const { command, captured, refunded } = finding;
  if (refunded !== undefined) {
    const part = await nextRefund(tx, payment.id);
    if (part) await refundDone(tx, part.id, now);
  }
  await stepPayment(tx, payment.id, command, {
    providerRef: charge.ref,
    label: charge.label,
    ...(captured === undefined ? {} : { captured }),
    ...(refunded === undefined ? {} : { refunded }),
    ...(command === 'fail' ? { lastError: charge.declineCode } : {}),
  });
  if (refunded !== undefined) await oweNextRefund(tx, payment.id, now);
  const lost = payment.status === 'pending' && (command === 'fail' || command === 'release');
  if (lost && order && payment.purpose === 'order') {
    const by = { reason: 'payment_failed', closedBy: 'platform' };
    if (await stepOrder(tx, order.id, 'cancel', by)) {
      await unwindOrder(tx, order, { moneyAt: now });
    }
  }
  return finding;
}
