import { and, asc, eq, gte, inArray, isNull, lt, lte, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { sandboxCards, sandboxCharges, sandboxRefunds, sandboxWebhooks } from '@/db/schema';
import type { ChargeStatus } from '@/domain/payment';

/** The books of the test provider. Nothing of ours but the provider itself reads them. */

export type SandboxCharge = typeof sandboxCharges.$inferSelect;
type Change = Partial<typeof sandboxCharges.$inferInsert>;

export async function insertCard(
  db: Queryable,
  card: typeof sandboxCards.$inferInsert,
): Promise<void> {
  await db.insert(sandboxCards).values(card);
}

export async function findCard(db: Queryable, token: string, notBefore: Date) {
  const [row] = await db
    .select()
    .from(sandboxCards)
    .where(and(eq(sandboxCards.token, token), gte(sandboxCards.createdAt, notBefore)));
  return row ?? null;
}

export async function dropCardsBefore(db: Queryable, before: Date): Promise<void> {
  await db.delete(sandboxCards).where(lt(sandboxCards.createdAt, before));
}

/** The charge of this payment: made now, or null when there is one already. */
export async function insertCharge(
  db: Queryable,
  charge: typeof sandboxCharges.$inferInsert,
): Promise<SandboxCharge | null> {
  const [made] = await db.insert(sandboxCharges).values(charge).onConflictDoNothing().returning();
  return made ?? null;
}

export async function findCharge(db: Queryable, paymentId: string): Promise<SandboxCharge | null> {
  const [row] = await db
    .select()
    .from(sandboxCharges)
    .where(eq(sandboxCharges.paymentId, paymentId));
  return row ?? null;
}

/** Compare-and-set: the charge after the change, or null when it is in none of these states. */
export async function moveCharge(
  db: Queryable,
  paymentId: string,
  from: ChargeStatus[],
  change: Change,
): Promise<SandboxCharge | null> {
  const [row] = await db
    .update(sandboxCharges)
    .set({ ...change, updatedAt: sql`clock_timestamp()` })
    .where(and(eq(sandboxCharges.paymentId, paymentId), inArray(sandboxCharges.status, from)))
    .returning();
  return row ?? null;
}

/** Gives back a part, once; the charge after it, or null when it was given back before. */
export async function addRefund(
  tx: Transaction,
  paymentId: string,
  part: { id: string; amount: number },
): Promise<SandboxCharge | null> {
  const made = await tx
    .insert(sandboxRefunds)
    .values({ ...part, paymentId })
    .onConflictDoNothing()
    .returning({ id: sandboxRefunds.id });
  if (made.length === 0) return null;
  const { captured, refunded } = sandboxCharges;
  const after = sql`${refunded} + ${part.amount}::integer`;
  const [row] = await tx
    .update(sandboxCharges)
    .set({
      refunded: after,
      status: sql`CASE WHEN ${after} = ${captured} THEN 'refunded' ELSE 'captured' END`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(
      and(
        eq(sandboxCharges.paymentId, paymentId),
        eq(sandboxCharges.status, 'captured'),
        sql`${after} <= ${captured}`,
      ),
    )
    .returning();
  if (!row) throw new Error('the test provider has nothing of this to give back');
  return row;
}

/** Counts a try to capture; how many there were. */
export async function countCapture(db: Queryable, paymentId: string): Promise<number> {
  const [row] = await db
    .update(sandboxCharges)
    .set({ captureAttempts: sql`${sandboxCharges.captureAttempts} + 1` })
    .where(eq(sandboxCharges.paymentId, paymentId))
    .returning({ attempts: sandboxCharges.captureAttempts });
  return row?.attempts ?? 0;
}

export async function chargesToDecide(db: Queryable, now: Date): Promise<SandboxCharge[]> {
  return db
    .select()
    .from(sandboxCharges)
    .where(and(eq(sandboxCharges.status, 'pending'), lte(sandboxCharges.decidesAt, now)))
    .limit(100);
}

/** A page of what has changed since, in the order of the payments' ids. */
export async function chargesSince(
  db: Queryable,
  since: Date,
  afterPaymentId: string | null,
  limit: number,
): Promise<SandboxCharge[]> {
  return db
    .select()
    .from(sandboxCharges)
    .where(
      and(
        gte(sandboxCharges.updatedAt, since),
        afterPaymentId ? sql`${sandboxCharges.paymentId} > ${afterPaymentId}` : undefined,
      ),
    )
    .orderBy(asc(sandboxCharges.paymentId))
    .limit(limit);
}

export async function insertWebhook(db: Queryable, id: string, body: string): Promise<void> {
  await db.insert(sandboxWebhooks).values({ id, body });
}

/** Leases the webhooks that are due until `leaseUntil`. */
export async function claimWebhooks(db: Queryable, now: Date, leaseUntil: Date, limit: number) {
  const due = db
    .select({ id: sandboxWebhooks.id })
    .from(sandboxWebhooks)
    .where(and(isNull(sandboxWebhooks.deliveredAt), lte(sandboxWebhooks.nextAttemptAt, now)))
    .orderBy(asc(sandboxWebhooks.nextAttemptAt))
    .limit(limit)
    .for('update', { skipLocked: true });
  return db
    .update(sandboxWebhooks)
    .set({ nextAttemptAt: leaseUntil, attempts: sql`${sandboxWebhooks.attempts} + 1` })
    .where(inArray(sandboxWebhooks.id, due))
    .returning();
}

export async function webhookDelivered(db: Queryable, id: string, at: Date): Promise<void> {
  await db.update(sandboxWebhooks).set({ deliveredAt: at }).where(eq(sandboxWebhooks.id, id));
}

export async function putOffWebhook(db: Queryable, id: string, until: Date): Promise<void> {
  await db.update(sandboxWebhooks).set({ nextAttemptAt: until }).where(eq(sandboxWebhooks.id, id));
}

/** When the test provider has something to do next, or null. */
export async function nextSandboxDueAt(db: Queryable): Promise<Date | null> {
  const [row] = await db.execute<{ due: string | null }>(sql`
    SELECT least(
      (SELECT min(decides_at) FROM sandbox_charges WHERE status = 'pending'),
      (SELECT min(next_attempt_at) FROM sandbox_webhooks WHERE delivered_at IS NULL)) AS due`);
  return row?.due ? new Date(row.due) : null;
}

export async function dropWebhooksBefore(db: Queryable, before: Date): Promise<void> {
  await db.delete(sandboxWebhooks).where(lt(sandboxWebhooks.createdAt, before));
}
