import { and, asc, eq, gt, gte, inArray, isNull, lt, lte, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { insertionOf } from '@/db/insertion';
import { madeForEach } from '@/db/made-once';
import { orders, payments, paymentWebhooks } from '@/db/schema';
import { wholeRows } from '@/db/whole-rows';
import { stepOf } from '@/domain/machine';
import { type Due, type PaymentCommand, paymentMachine } from '@/domain/payment';
import { lockOrder } from './order-locks';
import type { OrderRow } from './orders';

export type PaymentRow = typeof payments.$inferSelect;
type NewPayment = typeof payments.$inferInsert;

/** The payment of one request: made now, or as it was made when the same request came before. */
export async function openPayment(
  db: Queryable,
  payment: NewPayment & { customerId: string; requestKey: string },
): Promise<PaymentRow> {
  const [made] = await db.insert(payments).values(payment).onConflictDoNothing().returning();
  if (made) return made;
  const [known] = await db
    .select()
    .from(payments)
    .where(
      and(eq(payments.customerId, payment.customerId), eq(payments.requestKey, payment.requestKey)),
    );
  if (!known) throw new Error('a payment vanished between two statements');
  return known;
}

export async function insertPayment(tx: Transaction, payment: NewPayment): Promise<void> {
  await tx.execute(insertionOf(payments, [payment]));
}

export async function findPayment(db: Queryable, id: string): Promise<PaymentRow | null> {
  const [row] = await wholeRows(db, payments, sql`WHERE id = ${id}`);
  return row ?? null;
}

/** The payment that holds or moves the money of an order, or null. Uses `payments_order`. */
export async function paymentOfOrder(db: Queryable, orderId: string): Promise<PaymentRow | null> {
  const [row] = await wholeRows(
    db,
    payments,
    sql`WHERE order_id = ${orderId} AND purpose = 'order' AND status NOT IN ('failed', 'released')`,
  );
  return row ?? null;
}

export type LockedPayment = { payment: PaymentRow; order: OrderRow | null };

/** Locks a payment, its order before it; `changed` when its order is another than a moment ago. */
export async function lockPayment(
  tx: Transaction,
  id: string,
): Promise<LockedPayment | 'unknown' | 'changed'> {
  const seen = await findPayment(tx, id);
  if (!seen) return 'unknown';
  const order = seen.orderId ? await lockOrder(tx, seen.orderId) : null;
  const [payment] = await wholeRows(tx, payments, sql`WHERE id = ${id} FOR UPDATE`);
  return payment?.orderId === seen.orderId ? { payment, order } : 'changed';
}

type Settled = Partial<Pick<NewPayment, 'captured' | 'refunded' | 'lastError' | 'providerRef'>> & {
  label?: string;
};

const NOTHING_DUE = { due: null, dueAmount: null, nextAttemptAt: null, lastError: null };

const steps = madeForEach((paper, command: PaymentCommand, change: Partial<NewPayment>) => {
  const { from, to } = stepOf(paymentMachine, command);
  return paper
    .update(payments)
    .set({ ...change, status: to })
    .where(and(eq(payments.id, sql.placeholder('steppedId')), inArray(payments.status, from)))
    .returning({ id: payments.id });
});

/** Compare-and-set by the machine; what was due is done with it. Whether the step was allowed. */
export async function stepPayment(
  tx: Queryable,
  id: string,
  command: PaymentCommand,
  change: Settled = {},
): Promise<boolean> {
  const set = { ...(command === 'authorise' ? {} : NOTHING_DUE), ...change };
  return (await steps(tx, command, set, { steppedId: id })).length === 1;
}

/** Ties a payment to the order that was placed with it; false when it has been given back already. */
export async function attachPayment(
  tx: Transaction,
  id: string,
  order: { orderId: string; providerRef: string; label: string; authorised: boolean },
): Promise<boolean> {
  const { orderId, providerRef, label } = order;
  const rows = await tx
    .update(payments)
    .set({ orderId, providerRef, label, ...(order.authorised ? { status: 'authorised' } : {}) })
    .where(
      and(
        eq(payments.id, id),
        isNull(payments.orderId),
        isNull(payments.due),
        inArray(payments.status, ['pending', 'authorised']),
      ),
    )
    .returning({ id: payments.id });
  return rows.length === 1;
}

/** Notes what the provider is owed from `at` on; carried out by the payments loop. */
export async function owe(
  db: Queryable,
  id: string,
  due: Due,
  options: { amount?: number; at: Date },
): Promise<void> {
  await db
    .update(payments)
    .set({ due, dueAmount: options.amount ?? null, nextAttemptAt: options.at, attempts: 0 })
    .where(eq(payments.id, id));
}

/** A payment whose order was never placed is to be given back, unless it has been placed meanwhile. */
export async function oweReleaseOfUnplaced(db: Queryable, id: string, at: Date): Promise<void> {
  await db
    .update(payments)
    .set({ due: 'release', nextAttemptAt: at, attempts: 0 })
    .where(
      and(
        eq(payments.id, id),
        isNull(payments.orderId),
        isNull(payments.due),
        inArray(payments.status, ['pending', 'authorised']),
      ),
    );
}

/** Takes back what was owed but never tried; false when the provider may have been asked already. */
export async function oweNothing(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx
    .update(payments)
    .set({ due: null, dueAmount: null, nextAttemptAt: null })
    .where(and(eq(payments.id, id), eq(payments.status, 'authorised'), eq(payments.attempts, 0)))
    .returning({ id: payments.id });
  return rows.length === 1;
}

/** Leases what is owed until `leaseUntil`, longest overdue first; others pass it by. */
export async function claimDuePayments(
  db: Queryable,
  now: Date,
  leaseUntil: Date,
  limit: number,
): Promise<PaymentRow[]> {
  const due = db
    .select({ id: payments.id })
    .from(payments)
    .where(and(sql`${payments.due} IS NOT NULL`, lte(payments.nextAttemptAt, now)))
    .orderBy(asc(payments.nextAttemptAt))
    .limit(limit)
    .for('update', { skipLocked: true });
  return db
    .update(payments)
    .set({ nextAttemptAt: leaseUntil, attempts: sql`${payments.attempts} + 1` })
    .where(inArray(payments.id, due))
    .returning();
}

export async function putOffPayment(
  db: Queryable,
  id: string,
  until: Date,
  lastError: string,
): Promise<void> {
  await db
    .update(payments)
    .set({ nextAttemptAt: until, lastError: lastError.slice(0, 300) })
    .where(and(eq(payments.id, id), sql`${payments.due} IS NOT NULL`));
}

/** When something is owed next, or null. */
export async function nextPaymentDueAt(db: Queryable): Promise<Date | null> {
  const [row] = await db.execute<{ due: string | null }>(
    sql`SELECT min(next_attempt_at) AS due FROM payments WHERE due IS NOT NULL`,
  );
  return row?.due ? new Date(row.due) : null;
}

/** What is owed in all, and what has been tried so often that a person should look. */
export async function paymentBacklog(
  db: Queryable,
  attentionAfter: number,
): Promise<{ owed: number; attention: number }> {
  const [row] = await db.execute<{ owed: number; attention: number }>(sql`
    SELECT count(*)::int AS owed,
      count(*) FILTER (WHERE attempts >= ${attentionAfter})::int AS attention
    FROM payments WHERE due IS NOT NULL`);
  return row ?? { owed: 0, attention: 0 };
}

/** Card payments that were begun before `before` and led to no order. Uses `payments_open`. */
export async function unplacedPayments(
  db: Queryable,
  before: Date,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .select({ id: payments.id })
    .from(payments)
    .where(
      and(
        eq(payments.method, 'card'),
        inArray(payments.status, ['pending', 'authorised']),
        isNull(payments.orderId),
        isNull(payments.due),
        lt(payments.createdAt, before),
      ),
    )
    .orderBy(asc(payments.createdAt))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Card payments of orders that the provider has not decided before `before`. */
export async function undecidedPayments(
  db: Queryable,
  before: Date,
  limit: number,
): Promise<PaymentRow[]> {
  return db
    .select()
    .from(payments)
    .where(
      and(
        eq(payments.method, 'card'),
        eq(payments.status, 'pending'),
        isNull(payments.due),
        lt(payments.createdAt, before),
      ),
    )
    .orderBy(asc(payments.createdAt))
    .limit(limit);
}

/** Payments that hold money for orders that are over, whoever ended them. */
export async function unsettledPayments(
  db: Queryable,
  limit: number,
): Promise<{ id: string; orderId: string }[]> {
  return db
    .select({ id: payments.id, orderId: orders.id })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(
      and(
        inArray(payments.status, ['pending', 'authorised']),
        isNull(payments.due),
        inArray(orders.status, ['completed', 'rejected', 'cancelled', 'expired']),
      ),
    )
    .limit(limit);
}

export async function paymentsById(db: Queryable, ids: string[]): Promise<PaymentRow[]> {
  return ids.length === 0 ? [] : db.select().from(payments).where(inArray(payments.id, ids));
}

/** Card payments that a provider should know, moved since; those after `afterId`, by id. */
export async function paymentsSince(
  db: Queryable,
  provider: string,
  since: Date,
  afterId: string | null,
  limit: number,
): Promise<PaymentRow[]> {
  return db
    .select()
    .from(payments)
    .where(
      and(
        eq(payments.provider, provider),
        inArray(payments.status, ['authorised', 'captured', 'partly_refunded', 'refunded']),
        gte(payments.movedAt, since),
        afterId ? gt(payments.id, afterId) : undefined,
      ),
    )
    .orderBy(asc(payments.id))
    .limit(limit);
}

/** Notes a provider's event; false when it was noted before. */
export async function noteWebhook(
  tx: Transaction,
  event: { provider: string; eventId: string; paymentId: string; type: string },
): Promise<boolean> {
  const rows = await tx
    .insert(paymentWebhooks)
    .values(event)
    .onConflictDoNothing()
    .returning({ eventId: paymentWebhooks.eventId });
  return rows.length === 1;
}
