import { z } from 'zod';
import type { PaymentStatus } from './payment';

/** Why an admin gives money back. */
export const REFUND_REASONS = [
  'missing_item',
  'wrong_item',
  'quality',
  'late',
  'goodwill',
  'other',
] as const;

/** One part of what was paid that is given back; minor units. Done: it is on its way to the card. */
export const RefundImageSchema = z.object({
  id: z.string(),
  amount: z.number().int(),
  reason: z.enum([...REFUND_REASONS, 'cancelled']),
  askedAt: z.string(),
  doneAt: z.string().nullable(),
});
export type RefundImage = z.infer<typeof RefundImageSchema>;

const TAKEN: ReadonlySet<PaymentStatus> = new Set(['captured', 'partly_refunded']);

/**
 * What can still be given back of a payment, minor units: what was captured less every part that was
 * asked for, done or not. Zero unless money was taken and some of it is left.
 */
export function refundable(
  payment: { status: PaymentStatus; captured: number },
  parts: readonly { amount: number }[],
): number {
  if (!TAKEN.has(payment.status)) return 0;
  const asked = parts.reduce((sum, { amount }) => sum + amount, 0);
  return Math.max(0, payment.captured - asked);
}
