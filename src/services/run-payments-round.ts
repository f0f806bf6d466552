import { nameActor } from '@/db/queries/events';
import {
  claimDuePayments,
  lockPayment,
  nextPaymentDueAt,
  type PaymentRow,
  putOffPayment,
} from '@/db/queries/payments';
import { nextRefund } from '@/db/queries/refunds';
import type { Charge } from '@/domain/payment';
import { retryDelayMs } from '@/domain/retry';
import type { ServiceContext } from './context';
import { followCharge } from './follow-charge';
import { type PaymentProvider, providerNamed, withinDeadline } from './payment-provider';
import { severalAtOnce } from './several-at-once';

/** What is owed and has failed so often is for a person to look at; it is tried on all the same. */
export const ATTENTION_AFTER_ATTEMPTS = 8;
/** A process that dies in the middle holds a payment for so long, seconds: more than the deadline. */
const LEASE_SECONDS = 20;
const BATCH = 20;

export type PaymentsReport = {
  done: number;
  failed: number;
  /** When there is something to do again, or null when nothing is owed. */
  nextDueAt: Date | null;
};

async function askProvider(
  ctx: ServiceContext,
  provider: PaymentProvider,
  payment: PaymentRow,
): Promise<Charge> {
  const amount = payment.dueAmount ?? 0;
  switch (payment.due) {
    case 'capture':
      return provider.capture(payment.id, amount);
    case 'refund': {
      const part = await nextRefund(ctx.db, payment.id);
      if (!part) throw new Error('a refund is owed that nobody has asked for');
      return provider.refund(payment.id, part);
    }
    default:
      return provider.release(payment.id);
  }
}

/** Asks for what is owed and writes down what came of it; throws what stood in the way. */
async function carryOut(ctx: ServiceContext, payment: PaymentRow): Promise<void> {
  const provider = providerNamed(ctx, payment.provider);
  if (!provider) throw new Error(`there is no provider “${payment.provider}” any more`);
  const charge = await withinDeadline(() => askProvider(ctx, provider, payment));
  await ctx.db.transaction(async (tx) => {
    await nameActor(tx, ctx.actor);
    const locked = await lockPayment(tx, payment.id);
    if (typeof locked === 'string') throw new Error(`the payment is ${locked}`);
    const finding = await followCharge(tx, locked, charge, ctx.now());
    if (finding.kind === 'mismatch') throw new Error(`the books differ: ${finding.mismatch}`);
    if (finding.kind === 'agree' && locked.payment.due !== null) {
      throw new Error(`the provider has left it ${charge.status}`);
    }
  });
}

/**
 * One pass over what providers are owed: captures, releases, refunds. Each is leased for seconds, asked
 * for under the payment's id, and tried again with growing pauses until it is done.
 */
export async function runPaymentsRound(ctx: ServiceContext): Promise<PaymentsReport> {
  const report: PaymentsReport = { done: 0, failed: 0, nextDueAt: null };
  const now = ctx.now();
  const leaseUntil = new Date(now.getTime() + LEASE_SECONDS * 1_000);
  const due = await claimDuePayments(ctx.db, now, leaseUntil, BATCH);
  await severalAtOnce(due, async (payment) => {
    try {
      await carryOut(ctx, payment);
      report.done += 1;
    } catch (error) {
      report.failed += 1;
      const delay = retryDelayMs(payment.attempts, ctx.random());
      const until = new Date(ctx.now().getTime() + delay);
      const text = error instanceof Error ? error.message : String(error);
      await putOffPayment(ctx.db, payment.id, until, text);
    }
    ctx.committed();
  });
  report.nextDueAt = await nextPaymentDueAt(ctx.db);
  return report;
}
