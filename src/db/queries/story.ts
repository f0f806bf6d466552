import { asc, eq } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { notices, payments, users } from '@/db/schema';
import type { StoryNotice, StoryPayment } from '@/domain/order-story';

/** What was owed to people outside the page about an order, and what became of it. Uses `notices_order`. */
export async function noticesOfOrder(db: Queryable, orderId: string): Promise<StoryNotice[]> {
  const rows = await db
    .select({
      id: notices.id,
      sink: notices.channel,
      about: notices.kind,
      recipient: users.name,
      status: notices.status,
      attempts: notices.attempts,
      error: notices.lastError,
      createdAt: notices.createdAt,
      sentAt: notices.sentAt,
      nextAttemptAt: notices.nextAttemptAt,
      handledBy: notices.handledBy,
      discardReason: notices.discardReason,
    })
    .from(notices)
    .innerJoin(users, eq(users.id, notices.userId))
    .where(eq(notices.orderId, orderId))
    .orderBy(asc(notices.createdAt));
  return rows.map(({ createdAt, sentAt, nextAttemptAt, ...notice }) => ({
    ...notice,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    nextAttemptAt: notice.status === 'waiting' ? nextAttemptAt.toISOString() : null,
  }));
}

/** Every payment that was tried for an order, a tip afterwards included. */
export async function paymentsOfOrder(db: Queryable, orderId: string): Promise<StoryPayment[]> {
  const rows = await db
    .select({
      id: payments.id,
      purpose: payments.purpose,
      label: payments.label,
      provider: payments.provider,
      status: payments.status,
      currency: payments.currency,
      amount: payments.amount,
      captured: payments.captured,
      refunded: payments.refunded,
      attempts: payments.attempts,
      error: payments.lastError,
      createdAt: payments.createdAt,
    })
    .from(payments)
    .where(eq(payments.orderId, orderId))
    .orderBy(asc(payments.createdAt));
  return rows.map(({ createdAt, ...payment }) => ({
    ...payment,
    createdAt: createdAt.toISOString(),
  }));
}
