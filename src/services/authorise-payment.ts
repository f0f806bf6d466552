import { v7 as uuidv7 } from 'uuid';
import {
  openPayment,
  oweReleaseOfUnplaced,
  type PaymentRow,
  stepPayment,
} from '@/db/queries/payments';
import { conflict, invalid, type Refusal } from '@/domain/errors';
import { type Charge, DECLINE_CODES, type DeclineCode } from '@/domain/payment';
import type { ServiceContext } from './context';
import {
  type CardSource,
  cardProvider,
  providerUnanswered,
  withinDeadline,
} from './payment-provider';

/** A payment whose money is held, or whose provider has yet to decide. */
export type AuthorisedPayment = { id: string; providerRef: string; label: string; held: boolean };

type Wanted = {
  /** The idempotency key of the request: the same request holds money once. */
  requestKey: string;
  customerId: string;
  amount: number;
  currency: string;
  card: CardSource;
  /** What it pays for; an order unless said otherwise. */
  purpose?: 'order' | 'tip';
};

export const paymentGone = (): Refusal =>
  conflict({
    reason: 'payment_gone',
    message: 'The money held on your card has been let go again. Nothing was ordered or charged.',
    hint: 'Pay again, or in cash.',
  });

function declined(code: DeclineCode): Refusal {
  if (code === 'insufficient_funds') {
    return conflict({
      reason: 'card_insufficient_funds',
      message: 'There is not enough money on this card. Nothing was charged.',
      hint: 'Use another card, or pay in cash.',
    });
  }
  return conflict({
    reason: 'card_declined',
    message: 'The bank has declined this card. Nothing was charged.',
    hint: 'Use another card, or pay in cash.',
  });
}

const declineCodeOf = (text: string | null): DeclineCode =>
  DECLINE_CODES.find((code) => code === text) ?? 'declined';

/** What the row of an earlier, equal request says already, if it says no. */
function refusedBefore(payment: PaymentRow, wanted: Wanted): Refusal | null {
  if (payment.amount !== wanted.amount || payment.purpose !== (wanted.purpose ?? 'order')) {
    return invalid({
      reason: 'idempotency_key_reused',
      message: 'This idempotency key was used for another request.',
      hint: 'Make a new key for each new request.',
    });
  }
  if (payment.status === 'failed') return declined(declineCodeOf(payment.lastError));
  const over = payment.due !== null || payment.status === 'released';
  return over && payment.orderId === null ? paymentGone() : null;
}

/**
 * Holds the money for an order that is about to be placed, or for a tip, outside of any transaction.
 * The row comes first: whatever becomes of this process, reconciliation finds what the provider holds.
 */
export async function authorisePayment(
  ctx: ServiceContext,
  wanted: Wanted,
): Promise<AuthorisedPayment> {
  const provider = cardProvider(ctx);
  if (!provider) {
    throw invalid({
      reason: 'card_not_taken',
      message: 'Cards are not taken here.',
      hint: 'Pay in cash.',
    });
  }
  const { requestKey, customerId, amount, currency, card, purpose = 'order' } = wanted;
  const payment = await openPayment(ctx.db, {
    id: uuidv7(),
    customerId,
    requestKey,
    purpose,
    method: 'card',
    provider: provider.name,
    currency,
    amount,
  });
  const refused = refusedBefore(payment, wanted);
  if (refused) throw refused;

  let charge: Charge;
  try {
    charge = await withinDeadline((signal) =>
      provider.authorise({ paymentId: payment.id, amount, currency, ...card }, signal),
    );
  } catch {
    throw providerUnanswered();
  }
  if (charge.status === 'declined') {
    const code = charge.declineCode ?? 'declined';
    await stepPayment(ctx.db, payment.id, 'fail', { lastError: code, label: charge.label });
    throw declined(code);
  }
  if (charge.status !== 'authorised' && charge.status !== 'pending') throw paymentGone();
  const held = charge.status === 'authorised';
  return { id: payment.id, providerRef: charge.ref, label: charge.label, held };
}

/** The order was refused after all: what is held for it is let go. */
export async function releaseUnplaced(ctx: ServiceContext, paymentId: string): Promise<void> {
  await oweReleaseOfUnplaced(ctx.db, paymentId, ctx.now());
  ctx.committed();
}
