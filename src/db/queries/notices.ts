import { and, eq, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { insertionOf } from '@/db/insertion';
import { madeOnce } from '@/db/made-once';
import { installation, noticeSettings, notices, pushSubscriptions, users } from '@/db/schema';
import { wholeRows } from '@/db/whole-rows';
import { ensured } from '@/domain/errors';
import type { NoticeContent, NoticeSetting } from '@/domain/notices';
import { anyOf, arrayLiteral } from './array-literal';

export type NewNotice = typeof notices.$inferInsert;

export async function insertNotices(tx: Transaction, rows: NewNotice[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`${insertionOf(notices, rows)} ON CONFLICT DO NOTHING`);
}

/** The settings of these people, by person. */
export async function settingsOf(
  db: Queryable,
  userIds: readonly string[],
): Promise<Map<string, NoticeSetting[]>> {
  const rows = await wholeRows(db, noticeSettings, sql`WHERE user_id = ${anyOf(userIds)}`);
  const settings = new Map<string, NoticeSetting[]>();
  for (const { userId, ...setting } of rows) {
    settings.set(userId, [...(settings.get(userId) ?? []), setting]);
  }
  return settings;
}

export async function setSetting(
  db: Queryable,
  userId: string,
  setting: NoticeSetting,
): Promise<void> {
  await db
    .insert(noticeSettings)
    .values({ userId, ...setting })
    .onConflictDoUpdate({
      target: [noticeSettings.userId, noticeSettings.kind, noticeSettings.channel],
      set: { enabled: setting.enabled },
    });
}

const pushable = madeOnce((paper) =>
  paper
    .selectDistinct({ userId: pushSubscriptions.userId })
    .from(pushSubscriptions)
    .where(eq(pushSubscriptions.userId, anyOf(sql.placeholder('userIds')))),
);

/** Which of these people have a browser that takes pushes. */
export async function reachableByPush(
  db: Queryable,
  userIds: readonly string[],
): Promise<Set<string>> {
  const rows = await pushable(db, { userIds: arrayLiteral(userIds) });
  return new Set(rows.map(({ userId }) => userId));
}

export type DueNotice = {
  id: string;
  orderId: string;
  channel: 'push' | 'email' | 'sms';
  content: NoticeContent;
  attempts: number;
  /** From here on its moment passes: when it was written, or redriven. */
  since: Date;
  userId: string;
  email: string;
  name: string;
  locale: string;
  /** E.164, or null. */
  phone: string | null;
};

/**
 * Takes due notices under a lease of so many seconds, one process each (SKIP LOCKED): who crashes with
 * them loses them to the next. Uses `notices_due`.
 */
export async function claimDueNotices(
  db: Queryable,
  now: Date,
  leaseSeconds: number,
  limit: number,
): Promise<DueNotice[]> {
  const due = sql`
    SELECT n.id FROM ${notices} n WHERE n.status = 'waiting'
      AND n.next_attempt_at <= ${now.toISOString()}::timestamptz
    ORDER BY n.next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
  const leaseUntil = new Date(now.getTime() + leaseSeconds * 1_000);
  return db
    .update(notices)
    .set({ attempts: sql`${notices.attempts} + 1`, nextAttemptAt: leaseUntil })
    .from(users)
    .where(and(eq(users.id, notices.userId), sql`${notices.id} IN (${due})`))
    .returning({
      id: notices.id,
      orderId: notices.orderId,
      channel: notices.channel,
      content: notices.content,
      attempts: notices.attempts,
      since: sql`coalesce(${notices.redrivenAt}, ${notices.createdAt})`.mapWith(notices.createdAt),
      userId: notices.userId,
      email: users.email,
      name: users.name,
      locale: users.locale,
      phone: users.phone,
    });
}

/** Compare-and-set: who comes late, with a lease that has run out, changes nothing. */
export async function closeNotice(
  db: Queryable,
  id: string,
  outcome: { status: 'sent'; at: Date } | { status: 'dead'; error: string },
): Promise<void> {
  await db
    .update(notices)
    .set(
      outcome.status === 'sent'
        ? { status: 'sent', sentAt: outcome.at, lastError: null }
        : { status: 'dead', lastError: outcome.error },
    )
    .where(and(eq(notices.id, id), eq(notices.status, 'waiting')));
}

export async function postponeNotice(
  db: Queryable,
  id: string,
  until: Date,
  error: string,
): Promise<void> {
  await db
    .update(notices)
    .set({ nextAttemptAt: until, lastError: error })
    .where(eq(notices.id, id));
}

export type PushTarget = { endpoint: string; p256dh: string; auth: string };

export async function pushTargets(db: Queryable, userId: string): Promise<PushTarget[]> {
  return db
    .select({
      endpoint: pushSubscriptions.endpoint,
      p256dh: pushSubscriptions.p256dh,
      auth: pushSubscriptions.auth,
    })
    .from(pushSubscriptions)
    .where(eq(pushSubscriptions.userId, userId));
}

/** A browser belongs to whoever signed in on it last. */
export async function keepPushTarget(
  db: Queryable,
  userId: string,
  target: PushTarget,
): Promise<void> {
  await db
    .insert(pushSubscriptions)
    .values({ userId, ...target })
    .onConflictDoUpdate({
      target: pushSubscriptions.endpoint,
      set: { userId, p256dh: target.p256dh, auth: target.auth },
    });
}

export async function dropPushTarget(
  db: Queryable,
  endpoint: string,
  userId?: string,
): Promise<void> {
  await db
    .delete(pushSubscriptions)
    .where(
      and(
        eq(pushSubscriptions.endpoint, endpoint),
        userId ? eq(pushSubscriptions.userId, userId) : undefined,
      ),
    );
}

export async function readVapidKey(db: Queryable): Promise<JsonWebKey | null> {
  const [row] = await db.select({ key: installation.vapidKey }).from(installation);
  return row?.key ?? null;
}

/** The installation's VAPID key as a private JWK: the one it has, or `fresh` (RFC 8292). */
export async function keepVapidKey(db: Queryable, fresh: JsonWebKey): Promise<JsonWebKey> {
  const [row] = await db
    .update(installation)
    .set({ vapidKey: sql`coalesce(vapid_key, ${JSON.stringify(fresh)}::jsonb)` })
    .returning({ key: installation.vapidKey });
  return ensured(row?.key, 'an installation row: the migrations make it');
}
