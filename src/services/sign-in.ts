import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Database } from '@/db/client';
import { findUserByEmail, insertSession, revokeSession } from '@/db/queries/users';
import { accountBlocked, Refusal } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import { type Device, shortAddress } from '@/domain/session-device';
import { Text } from '@/domain/text';
import { checkGuesses, noteGuess } from './guesses';
import { passwordFits } from './passwords';

export const SignInInput = z.object({
  email: Text.trim().toLowerCase().max(200),
  password: z.string().max(200),
});

export const SESSION_DAYS = 30;

export type NewSession = { sessionId: string; expiresAt: Date; viewer: Viewer };

const LONGEST_USER_AGENT = 300;

/**
 * Checks e-mail and password and begins a session. An unknown e-mail looks like a wrong password; that an
 * account is blocked is told to who knows its password. Whoever guesses too often is not heard for a while.
 */
export async function signIn(
  ctx: { db: Database; now: () => Date },
  input: z.infer<typeof SignInInput>,
  device: Device = { userAgent: null, address: null },
): Promise<NewSession> {
  const guess = { email: input.email, address: device.address };
  checkGuesses(ctx.db, guess, ctx.now().getTime());
  const user = await findUserByEmail(ctx.db, input.email);
  const fits = await passwordFits(user?.passwordHash ?? null, input.password);
  if (!user || !fits) {
    noteGuess(ctx.db, guess, ctx.now().getTime());
    throw new Refusal('unauthenticated', {
      reason: 'wrong_credentials',
      message: 'This e-mail and password do not belong together.',
      hint: 'Check both, or sign up.',
    });
  }
  if (user.blockedAt) throw accountBlocked();
  const expiresAt = new Date(ctx.now().getTime() + SESSION_DAYS * 86_400_000);
  const sessionId = uuidv7();
  await insertSession(ctx.db, {
    ...{ id: sessionId, userId: user.id, expiresAt },
    userAgent: device.userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
    address: shortAddress(device.address),
  });
  return { sessionId, expiresAt, viewer: { userId: user.id, role: user.role, name: user.name } };
}

/** Ends a session everywhere: pages, calls and open sockets. */
export async function signOut(
  ctx: { db: Database; now: () => Date },
  sessionId: string,
): Promise<void> {
  await revokeSession(ctx.db, sessionId, ctx.now());
}
