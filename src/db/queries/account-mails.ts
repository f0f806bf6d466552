import { and, eq, lt, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { accountMails, users } from '@/db/schema';

export type AccountMailKind = (typeof accountMails.$inferSelect)['kind'];

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/** Owes the owner of this address a mail, unless they had one of the kind today. */
export async function oweAccountMail(
  db: Queryable,
  email: string,
  kind: AccountMailKind,
  now: Date,
): Promise<void> {
  await db.execute(sql`
    INSERT INTO account_mails (user_id, kind, day, due_at)
    SELECT id, ${kind}, ${dayOf(now)}::date, ${now.toISOString()}::timestamptz
    FROM users WHERE email = ${email}
    ON CONFLICT (user_id, kind, day) DO NOTHING`);
}

export type DueAccountMail = {
  id: string;
  kind: AccountMailKind;
  attempts: number;
  email: string;
  name: string;
  locale: string;
};

/** One mail that is due, under a lease of so many seconds. Uses `account_mails_due`. */
export async function claimAccountMail(
  db: Queryable,
  now: Date,
  leaseSeconds: number,
): Promise<DueAccountMail | null> {
  const due = sql`(
    SELECT m.id FROM account_mails m WHERE m.due_at <= ${now.toISOString()}::timestamptz
    ORDER BY m.due_at LIMIT 1 FOR UPDATE SKIP LOCKED)`;
  const [row] = await db
    .update(accountMails)
    .set({
      attempts: sql`${accountMails.attempts} + 1`,
      dueAt: new Date(now.getTime() + leaseSeconds * 1_000),
    })
    .from(users)
    .where(and(eq(users.id, accountMails.userId), sql`${accountMails.id} = ${due}`))
    .returning({
      id: accountMails.id,
      kind: accountMails.kind,
      attempts: accountMails.attempts,
      email: users.email,
      name: users.name,
      locale: users.locale,
    });
  return row ?? null;
}

/** How the last try ended; without `dueAt` there is no other. */
export async function noteAccountMail(
  db: Queryable,
  id: string,
  outcome: { sentAt: Date | null; error: string | null; dueAt: Date | null },
): Promise<void> {
  await db.update(accountMails).set(outcome).where(eq(accountMails.id, id));
}

/** Forgets mails of days before `before`. */
export async function forgetAccountMails(db: Queryable, before: Date): Promise<void> {
  await db.delete(accountMails).where(lt(accountMails.day, dayOf(before)));
}
