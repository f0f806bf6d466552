import { and, asc, desc, eq, gt, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { drivers, sessions, users } from '@/db/schema';
import type { Role } from '@/domain/roles';
import { anyOf } from './array-literal';

export type PersonRow = {
  id: string;
  name: string;
  email: string;
  role: Role;
  createdAt: Date;
  blockedAt: Date | null;
  blockReason: string | null;
  erasedAt: Date | null;
  version: number;
  /** The latest that any of their sessions was seen; null: never. */
  seenAt: Date | null;
};

const seenAt = sql<Date | null>`(
  SELECT max(coalesce(s.seen_at, s.created_at)) FROM sessions s WHERE s.user_id = users.id)`.mapWith(
  (text: string | Date | null) => (text === null ? null : new Date(text)),
);

const person = {
  id: users.id,
  name: users.name,
  email: users.email,
  role: users.role,
  createdAt: users.createdAt,
  blockedAt: users.blockedAt,
  blockReason: users.blockReason,
  erasedAt: users.erasedAt,
  version: users.version,
  seenAt,
};

export type PeopleFilter = {
  /** Part of a name or an e-mail. */
  text: string;
  role: Role | null;
  blocked: boolean | null;
};

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** People, the latest first, after one that was listed. Uses `users_role` and `users_search`. */
export async function listPeople(
  db: Queryable,
  { text, role, blocked }: PeopleFilter,
  after: string | null,
  limit: number,
): Promise<PersonRow[]> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const conditions: (SQL | undefined)[] = words.map(
    (word) => sql`(lower(${users.name}) || ' ' || ${users.email}) LIKE ${`%${escaped(word)}%`}`,
  );
  if (role) conditions.push(eq(users.role, role));
  if (blocked !== null) conditions.push(sql`(${users.blockedAt} IS NOT NULL) = ${blocked}`);
  if (after) conditions.push(lt(users.id, after));
  return db
    .select(person)
    .from(users)
    .where(and(...conditions))
    .orderBy(desc(users.id))
    .limit(limit);
}

export async function findPerson(db: Queryable, id: string): Promise<PersonRow | null> {
  const [row] = await db.select(person).from(users).where(eq(users.id, id));
  return row ?? null;
}

/**
 * Locks a person and every admin who is not blocked, in the order of their ids: whether one is left is
 * decided by one change at a time. Null when there is no such person.
 */
export async function lockPerson(
  tx: Transaction,
  id: string,
): Promise<{ role: Role; blockedAt: Date | null; version: number; adminIds: string[] } | null> {
  const rows = await tx
    .select({
      id: users.id,
      role: users.role,
      blockedAt: users.blockedAt,
      version: users.version,
    })
    .from(users)
    .where(sql`${users.id} = ${id} OR (${users.role} = 'admin' AND ${users.blockedAt} IS NULL)`)
    .orderBy(asc(users.id))
    .for('no key update');
  const found = rows.find((row) => row.id === id);
  if (!found) return null;
  const active = rows.filter(({ role, blockedAt }) => role === 'admin' && blockedAt === null);
  const { role, blockedAt, version } = found;
  return { role, blockedAt, version, adminIds: active.map((row) => row.id) };
}

/** Blocks with a reason, or lets in again with null. A trigger ends the sessions. */
export async function setBlocked(
  tx: Transaction,
  id: string,
  block: { at: Date; reason: string } | null,
): Promise<void> {
  await tx
    .update(users)
    .set({ blockedAt: block?.at ?? null, blockReason: block?.reason ?? null })
    .where(eq(users.id, id));
}

export async function setRole(tx: Transaction, id: string, role: Role): Promise<void> {
  await tx.update(users).set({ role }).where(eq(users.id, id));
}

/** Where a driver works, and whether they are at it; null for who is none. */
export async function workOf(
  db: Queryable,
  userId: string,
): Promise<{ zoneId: string; online: boolean } | null> {
  const [row] = await db
    .select({ zoneId: drivers.zoneId, online: drivers.online })
    .from(drivers)
    .where(eq(drivers.userId, userId));
  return row ?? null;
}

export type SessionRow = {
  id: string;
  createdAt: Date;
  seenAt: Date | null;
  userAgent: string | null;
  address: string | null;
};

/** A person's sessions that are alive, the latest first. Uses `sessions_user`. */
export async function liveSessionsOf(
  db: Queryable,
  userId: string,
  now: Date,
): Promise<SessionRow[]> {
  return db
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      seenAt: sessions.seenAt,
      userAgent: sessions.userAgent,
      address: sessions.address,
    })
    .from(sessions)
    .where(
      and(eq(sessions.userId, userId), gt(sessions.expiresAt, now), isNull(sessions.revokedAt)),
    )
    .orderBy(desc(sessions.id));
}

/** Ends one session of a person, or all but `spare`; how many were alive. */
export async function endSessions(
  tx: Transaction,
  userId: string,
  which: { only: string } | { spare: string | null },
  now: Date,
): Promise<number> {
  const chosen =
    'only' in which
      ? eq(sessions.id, which.only)
      : which.spare
        ? sql`${sessions.id} <> ${which.spare}`
        : undefined;
  const rows = await tx
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), chosen))
    .returning({ id: sessions.id });
  return rows.length;
}

/**
 * Notes that those of these sessions were seen of which that was last noted before `since`; what somebody else
 * notes at the same moment is passed by.
 */
export async function touchSessions(
  db: Queryable,
  ids: readonly string[],
  { now, since }: { now: Date; since: Date },
): Promise<void> {
  if (ids.length === 0) return;
  await db.execute(sql`
    UPDATE sessions SET seen_at = ${now.toISOString()}::timestamptz
    FROM (SELECT id FROM sessions
      WHERE id = ${anyOf(ids)} AND coalesce(seen_at < ${since.toISOString()}::timestamptz, true)
      ORDER BY id FOR NO KEY UPDATE SKIP LOCKED) AS free
    WHERE sessions.id = free.id`);
}

/** Whether a session, ended or not, belongs to somebody who is blocked. */
export async function isSessionOfBlocked(db: Queryable, sessionId: string): Promise<boolean> {
  const [row] = await db
    .select({ blockedAt: users.blockedAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, sessionId));
  return row !== undefined && row.blockedAt !== null;
}
