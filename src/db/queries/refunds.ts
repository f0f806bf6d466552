import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { paymentRefunds } from '@/db/schema';

export type RefundRow = typeof paymentRefunds.$inferSelect;

const ofPayment = (paymentId: string) => eq(paymentRefunds.paymentId, paymentId);
const inTurn = [asc(paymentRefunds.askedAt), asc(paymentRefunds.id)];

/** Every part that was asked for, done or not, in turn. */
export async function refundsOfPayment(db: Queryable, paymentId: string): Promise<RefundRow[]> {
  return db
    .select()
    .from(paymentRefunds)
    .where(ofPayment(paymentId))
    .orderBy(...inTurn);
}

export async function insertRefund(
  tx: Transaction,
  refund: typeof paymentRefunds.$inferInsert,
): Promise<void> {
  await tx.insert(paymentRefunds).values(refund);
}

/** The part that the provider is to be asked for next, or null. */
export async function nextRefund(db: Queryable, paymentId: string): Promise<RefundRow | null> {
  const [row] = await db
    .select()
    .from(paymentRefunds)
    .where(and(ofPayment(paymentId), isNull(paymentRefunds.doneAt)))
    .orderBy(...inTurn)
    .limit(1);
  return row ?? null;
}

export async function refundDone(tx: Transaction, id: string, at: Date): Promise<void> {
  await tx.update(paymentRefunds).set({ doneAt: at }).where(eq(paymentRefunds.id, id));
}
