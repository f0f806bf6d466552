import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { madeOnce } from '@/db/made-once';
import { installation, sessions, users } from '@/db/schema';
import type { Role, Viewer } from '@/domain/roles';
import { anyOf, arrayLiteral } from './array-literal';

export type UserRow = typeof users.$inferSelect;

export async function findUserByEmail(db: Queryable, email: string): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.email, email));
  return row ?? null;
}

export async function findUserById(db: Queryable, id: string): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.id, id));
  return row ?? null;
}

type NewUser = { id: string; email: string; name: string; passwordHash: string; role: Role };

/** False when the e-mail is taken. */
export async function insertUser(db: Queryable, user: NewUser): Promise<boolean> {
  const rows = await db
    .insert(users)
    .values(user)
    .onConflictDoNothing()
    .returning({ id: users.id });
  return rows.length === 1;
}

export async function insertSession(
  db: Queryable,
  session: {
    id: string;
    userId: string;
    expiresAt: Date;
    userAgent?: string | null;
    address?: string | null;
  },
): Promise<void> {
  await db.insert(sessions).values(session);
}

export async function revokeSession(db: Queryable, id: string, at: Date): Promise<void> {
  await db.update(sessions).set({ revokedAt: at }).where(eq(sessions.id, id));
}

export type LiveSession = { viewer: Viewer; expiresAt: Date; seenAt: Date | null };

const liveSessions = madeOnce((paper) =>
  paper
    .select({
      id: sessions.id,
      userId: users.id,
      role: users.role,
      name: users.name,
      expiresAt: sessions.expiresAt,
      seenAt: sessions.seenAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, anyOf(sql.placeholder('ids'))),
        gt(sessions.expiresAt, sql.placeholder('now')),
        isNull(sessions.revokedAt),
        isNull(users.blockedAt),
      ),
    ),
);

/** The viewers behind those sessions that are neither expired nor revoked, nor their users blocked. */
export async function findLiveSessions(
  db: Queryable,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, LiveSession>> {
  const rows = await liveSessions(db, { ids: arrayLiteral(ids), now: now.toISOString() });
  return new Map(
    rows.map(({ id, expiresAt, seenAt, ...viewer }) => [id, { viewer, expiresAt, seenAt }]),
  );
}

/** Those of these sessions that have ended: expired, revoked, gone, or their users blocked. */
export async function findEndedSessions(
  db: Queryable,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, { blocked: boolean }>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<{ id: string; blocked: boolean }>(sql`
    SELECT asked.id, u.blocked_at IS NOT NULL AS blocked
    FROM unnest(${arrayLiteral(ids)}::text::uuid[]) AS asked (id)
    LEFT JOIN sessions s ON s.id = asked.id LEFT JOIN users u ON u.id = s.user_id
    WHERE s.id IS NULL OR s.expires_at <= ${now.toISOString()}::timestamptz
      OR s.revoked_at IS NOT NULL OR u.blocked_at IS NOT NULL`);
  return new Map(rows.map(({ id, blocked }) => [id, { blocked }]));
}

export async function readInstallation(
  db: Queryable,
): Promise<{ epoch: string; demo: boolean } | null> {
  const [row] = await db
    .select({ epoch: installation.epoch, demo: installation.demo })
    .from(installation);
  return row ?? null;
}

export async function setUserLocale(db: Queryable, userId: string, locale: string): Promise<void> {
  await db.update(users).set({ locale }).where(eq(users.id, userId));
}

/** Who these people are, by their ids. */
export async function peopleById(
  db: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { name: string; role: Role }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: users.id, name: users.name, role: users.role })
    .from(users)
    .where(eq(users.id, anyOf(ids)));
  return new Map(rows.map(({ id, ...person }) => [id, person]));
}

/** Everybody who dispatches, by name. */
export async function admins(db: Queryable): Promise<{ id: string; name: string }[]> {
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(eq(users.role, 'admin'))
    .orderBy(asc(users.name));
}

/** E.164, or null. */
export async function findPhone(db: Queryable, userId: string): Promise<string | null> {
  const [row] = await db.select({ phone: users.phone }).from(users).where(eq(users.id, userId));
  return row?.phone ?? null;
}

export async function setUserPhone(
  db: Queryable,
  userId: string,
  phone: string | null,
): Promise<void> {
  await db.update(users).set({ phone }).where(eq(users.id, userId));
}
