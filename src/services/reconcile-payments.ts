import { nameActor } from '@/db/queries/events';
import { lockOrder } from '@/db/queries/order-locks';
import {
  findPayment,
  lockPayment,
  oweReleaseOfUnplaced,
  type PaymentRow,
  paymentsById,
  paymentsSince,
  undecidedPayments,
  unplacedPayments,
  unsettledPayments,
} from '@/db/queries/payments';
import type { Charge } from '@/domain/payment';
import { compareBooks, type Mismatch } from '@/domain/reconciliation';
import type { ServiceContext } from './context';
import { followCharge } from './follow-charge';
import { type ChargePage, type PaymentProvider, withinDeadline } from './payment-provider';
import { settleOrder } from './settle-order';
import { unwindMoney } from './unwind-order';

/** A request has this long to place what it has held money for, seconds. */
const PLACED_WITHIN_SECONDS = 60;
const BATCH = 500;

export type ReconciliationReport = {
  /** Held for orders that were never placed: to be let go. */
  released: number;
  /** Of orders that were ended past our services: captured or let go now. */
  settled: number;
  /** Where the provider knew more than we did. */
  followed: number;
  compared: number;
  mismatches: { paymentId: string; mismatch: Mismatch | 'unknown_to_us' }[];
};

async function releaseUnplacedPayments(ctx: ServiceContext): Promise<number> {
  const now = ctx.now();
  const before = new Date(now.getTime() - PLACED_WITHIN_SECONDS * 1_000);
  const ids = await unplacedPayments(ctx.db, before, BATCH);
  for (const id of ids) await oweReleaseOfUnplaced(ctx.db, id, now);
  return ids.length;
}

/** An order that was ended by hand, in the database, has its money settled like any other. */
async function settleEndedOrders(ctx: ServiceContext): Promise<number> {
  const ended = await unsettledPayments(ctx.db, BATCH);
  for (const { orderId } of ended) {
    await ctx.db.transaction(async (tx) => {
      await nameActor(tx, ctx.actor);
      const order = await lockOrder(tx, orderId);
      if (order?.status === 'completed') await settleOrder(tx, order, ctx.now());
      else if (order?.closedAt) await unwindMoney(tx, orderId, order.cancelFee, ctx.now());
    });
  }
  return ended.length;
}

const standsAs = ({ status, captured, refunded, due, dueAmount }: PaymentRow): string =>
  JSON.stringify([status, captured, refunded, due, dueAmount]);

/** Looks again, at both sides, before it follows or reports: what is in motion agrees a moment later. */
async function mend(
  ctx: ServiceContext,
  provider: PaymentProvider,
  paymentId: string,
  report: ReconciliationReport,
): Promise<void> {
  const seen = await findPayment(ctx.db, paymentId);
  const charge = await withinDeadline(() => provider.find(paymentId));
  const finding = await ctx.db.transaction(async (tx) => {
    await nameActor(tx, ctx.actor);
    const locked = await lockPayment(tx, paymentId);
    if (!seen || typeof locked === 'string') return null;
    if (standsAs(locked.payment) !== standsAs(seen)) return null;
    return followCharge(tx, locked, charge, ctx.now());
  });
  if (finding?.kind === 'follow') report.followed += 1;
  if (finding?.kind === 'mismatch') {
    report.mismatches.push({ paymentId, mismatch: finding.mismatch });
  }
}

/** What the provider has under an id that we don't know, e.g. after our backup was restored. */
async function letGoOfUnknown(
  provider: PaymentProvider,
  charge: Charge,
  report: ReconciliationReport,
): Promise<void> {
  if (charge.status === 'authorised' || charge.status === 'pending') {
    await withinDeadline(() => provider.release(charge.paymentId));
    report.released += 1;
  } else if (charge.captured > charge.refunded) {
    report.mismatches.push({ paymentId: charge.paymentId, mismatch: 'unknown_to_us' });
  }
}

/** The provider's books against ours; the ids that it has told of. */
async function compareTheirs(
  ctx: ServiceContext,
  provider: PaymentProvider,
  since: Date,
  report: ReconciliationReport,
): Promise<Set<string>> {
  const told = new Set<string>();
  let after: string | null = null;
  do {
    const from: string | null = after;
    const page: ChargePage = await withinDeadline(() => provider.changedSince(since, from));
    const ids = page.charges.map(({ paymentId }) => paymentId);
    const known = new Map((await paymentsById(ctx.db, ids)).map((row) => [row.id, row]));
    for (const charge of page.charges) {
      told.add(charge.paymentId);
      report.compared += 1;
      const payment = known.get(charge.paymentId);
      if (!payment) await letGoOfUnknown(provider, charge, report);
      else if (compareBooks(payment, charge).kind !== 'agree') {
        await mend(ctx, provider, payment.id, report);
      }
    }
    after = page.next;
  } while (after !== null);
  return told;
}

/** Our books against the provider's, for what it has not told of. */
async function compareOurs(
  ctx: ServiceContext,
  provider: PaymentProvider,
  since: Date,
  told: ReadonlySet<string>,
  report: ReconciliationReport,
): Promise<void> {
  const undecidedBefore = new Date(ctx.now().getTime() - PLACED_WITHIN_SECONDS * 1_000);
  const undecided = await undecidedPayments(ctx.db, undecidedBefore, BATCH);
  for (const { id } of undecided.filter((payment) => payment.provider === provider.name)) {
    if (!told.has(id)) await mend(ctx, provider, id, report);
  }
  let after: string | null = null;
  do {
    const page: PaymentRow[] = await paymentsSince(ctx.db, provider.name, since, after, BATCH);
    for (const { id } of page) {
      if (told.has(id)) continue;
      report.compared += 1;
      await mend(ctx, provider, id, report);
    }
    after = page.length < BATCH ? null : (page.at(-1)?.id ?? null);
  } while (after !== null);
}

/**
 * Brings orders, payments and the providers' books together again, whatever was cut off in between;
 * books are compared as far as they have changed `since`. Repeats safely; what can't be mended by
 * itself is reported.
 */
export async function reconcilePayments(
  ctx: ServiceContext,
  since: Date,
): Promise<ReconciliationReport> {
  const report: ReconciliationReport = {
    released: await releaseUnplacedPayments(ctx),
    settled: await settleEndedOrders(ctx),
    followed: 0,
    compared: 0,
    mismatches: [],
  };
  for (const provider of ctx.payments) {
    const told = await compareTheirs(ctx, provider, since, report);
    await compareOurs(ctx, provider, since, told, report);
  }
  ctx.committed();
  return report;
}
