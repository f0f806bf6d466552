import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { refreshTokens } from '@/db/schema';

export async function insertRefreshToken(
  db: Queryable,
  token: { secretHash: string; sessionId: string },
): Promise<void> {
  await db.insert(refreshTokens).values(token);
}

/** Compare-and-set: the session of a token that was not used before; of many who try, one gets it. */
export async function takeRefreshToken(
  db: Queryable,
  secretHash: string,
  at: Date,
): Promise<string | null> {
  const [row] = await db
    .update(refreshTokens)
    .set({ usedAt: at })
    .where(and(eq(refreshTokens.secretHash, secretHash), isNull(refreshTokens.usedAt)))
    .returning({ sessionId: refreshTokens.sessionId });
  return row?.sessionId ?? null;
}

/** Those of sessions that have ended long since. */
export async function forgetRefreshTokens(db: Queryable, before: Date): Promise<void> {
  await db.delete(refreshTokens).where(lt(refreshTokens.createdAt, before));
}

/** The session that a token was made for, used or not. */
export async function sessionOfRefreshToken(
  db: Queryable,
  secretHash: string,
): Promise<string | null> {
  const [row] = await db
    .select({ sessionId: refreshTokens.sessionId })
    .from(refreshTokens)
    .where(eq(refreshTokens.secretHash, secretHash));
  return row?.sessionId ?? null;
}
