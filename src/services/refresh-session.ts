import { z } from 'zod';
import type { Database } from '@/db/client';
import {
  insertRefreshToken,
  sessionOfRefreshToken,
  takeRefreshToken,
} from '@/db/queries/refresh-tokens';
import { findLiveSessions, revokeSession } from '@/db/queries/users';
import { Refusal } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import { freshSecret, hashOfSecret } from './secret';

type Clock = { db: Database; now: () => Date };

/** A token that renews this session once. */
export async function issueRefreshToken({ db }: Clock, sessionId: string): Promise<string> {
  const token = freshSecret('hfr_');
  await insertRefreshToken(db, { secretHash: await hashOfSecret(token), sessionId });
  return token;
}

export const RefreshSessionInput = z.object({ refreshToken: z.string().min(1).max(200) });

const refused = () =>
  new Refusal('unauthenticated', {
    reason: 'refresh_token_refused',
    message: 'This refresh token is unknown, was used before, or its session has ended.',
    hint: 'Sign in again.',
  });

/**
 * Takes a refresh token and gives the next one. One that comes a second time was stolen, or its successor
 * was: nobody knows who holds the other, so the session ends for both.
 */
export async function refreshSession(
  ctx: Clock,
  { refreshToken }: z.infer<typeof RefreshSessionInput>,
): Promise<{ sessionId: string; viewer: Viewer; refreshToken: string }> {
  const secretHash = await hashOfSecret(refreshToken);
  const sessionId = await takeRefreshToken(ctx.db, secretHash, ctx.now());
  if (!sessionId) {
    const stolenFrom = await sessionOfRefreshToken(ctx.db, secretHash);
    if (stolenFrom) await revokeSession(ctx.db, stolenFrom, ctx.now());
    throw refused();
  }
  const live = (await findLiveSessions(ctx.db, [sessionId], ctx.now())).get(sessionId);
  if (!live) throw refused();
  return { sessionId, viewer: live.viewer, refreshToken: await issueRefreshToken(ctx, sessionId) };
}
