import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { invitations, users } from '@/db/schema';
import type { Role } from '@/domain/roles';

export type InvitationRow = typeof invitations.$inferSelect;

const open = and(isNull(invitations.acceptedAt), isNull(invitations.withdrawnAt));

/** False when an invitation to this address is open already. Uses `invitations_open`. */
export async function insertInvitation(
  tx: Transaction,
  invitation: typeof invitations.$inferInsert,
): Promise<boolean> {
  const rows = await tx
    .insert(invitations)
    .values(invitation)
    .onConflictDoNothing()
    .returning({ id: invitations.id });
  return rows.length === 1;
}

/** Those that nobody has taken up or taken back, the latest first. */
export async function openInvitations(
  db: Queryable,
): Promise<(InvitationRow & { inviter: string })[]> {
  const rows = await db
    .select({ invitation: invitations, inviter: users.name })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .where(open)
    .orderBy(desc(invitations.id));
  return rows.map(({ invitation, inviter }) => ({ ...invitation, inviter }));
}

/** Compare-and-set while it is open; false when it is not any more. */
async function changeOpen(
  tx: Transaction,
  id: string,
  change: Partial<InvitationRow>,
): Promise<boolean> {
  const rows = await tx
    .update(invitations)
    .set(change)
    .where(and(eq(invitations.id, id), open))
    .returning({ id: invitations.id });
  return rows.length === 1;
}

/** Sends the mail anew: links of earlier ones lead nowhere from now on. */
export const renewInvitation = (
  tx: Transaction,
  id: string,
  { now, expiresAt }: { now: Date; expiresAt: Date },
): Promise<boolean> =>
  changeOpen(tx, id, {
    ...{ expiresAt, tokenHash: null, mailDueAt: now, mailAttempts: 0 },
    ...{ mailError: null, mailedAt: null },
  });

export const withdrawInvitation = (tx: Transaction, id: string, now: Date): Promise<boolean> =>
  changeOpen(tx, id, { withdrawnAt: now, tokenHash: null, mailDueAt: null });

export async function findInvitation(
  db: Queryable,
  tokenHash: string,
  now: Date,
): Promise<InvitationRow | null> {
  const [row] = await db
    .select()
    .from(invitations)
    .where(and(eq(invitations.tokenHash, tokenHash), open, gt(invitations.expiresAt, now)));
  return row ?? null;
}

/** Takes the invitation up: of several at once, one gets it. Waits for who is at it. */
export async function takeInvitation(
  tx: Transaction,
  tokenHash: string,
  now: Date,
): Promise<InvitationRow | null> {
  const [row] = await tx
    .update(invitations)
    .set({ acceptedAt: now, mailDueAt: null, tokenHash: null })
    .where(and(eq(invitations.tokenHash, tokenHash), open, gt(invitations.expiresAt, now)))
    .returning();
  return row ?? null;
}

export async function nameJoined(tx: Transaction, id: string, userId: string): Promise<void> {
  await tx.update(invitations).set({ userId }).where(eq(invitations.id, id));
}

export type DueInvitation = {
  id: string;
  email: string;
  role: Role;
  locale: string;
  attempts: number;
  expiresAt: Date;
  inviter: string;
};

/** One mail that is due, under a lease of so many seconds; its link is the one with this token. */
export async function claimInvitationMail(
  db: Queryable,
  tokenHash: string,
  now: Date,
  leaseSeconds: number,
): Promise<DueInvitation | null> {
  const due = sql`(
    SELECT i.id FROM invitations i WHERE i.mail_due_at <= ${now.toISOString()}::timestamptz
      AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL
    ORDER BY i.mail_due_at LIMIT 1 FOR UPDATE SKIP LOCKED)`;
  const [row] = await db
    .update(invitations)
    .set({
      tokenHash,
      mailAttempts: sql`${invitations.mailAttempts} + 1`,
      mailDueAt: new Date(now.getTime() + leaseSeconds * 1_000),
    })
    .from(users)
    .where(and(eq(users.id, invitations.invitedBy), sql`${invitations.id} = ${due}`))
    .returning({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      locale: invitations.locale,
      attempts: invitations.mailAttempts,
      expiresAt: invitations.expiresAt,
      inviter: users.name,
    });
  return row ?? null;
}

/** How the try with this token ended; nothing where the invitation has moved on since. */
export async function noteInvitationMail(
  db: Queryable,
  tokenHash: string,
  outcome: { mailedAt: Date } | { error: string; nextAt: Date | null },
): Promise<void> {
  await db
    .update(invitations)
    .set(
      'mailedAt' in outcome
        ? { mailedAt: outcome.mailedAt, mailDueAt: null, mailError: null }
        : { mailError: outcome.error, mailDueAt: outcome.nextAt },
    )
    .where(eq(invitations.tokenHash, tokenHash));
}
