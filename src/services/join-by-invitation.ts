import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { insertDriver } from '@/db/queries/drivers';
import { findInvitation, nameJoined, takeInvitation } from '@/db/queries/invitations';
import { insertUser } from '@/db/queries/users';
import { VEHICLES } from '@/domain/driver';
import { notFound } from '@/domain/errors';
import type { Role } from '@/domain/roles';
import { runCommand } from './command';
import type { ServiceContext } from './context';
import { hashToken } from './invitation-token';
import { hashPassword } from './passwords';
import { emailTaken, SignUpInput, zoneForDriver } from './sign-up';

const Token = z.string().regex(/^[\w-]{32}$/, 'This is no link of ours.');

export const GetInvitationInput = z.object({ token: Token });

/** To what a link invites; links that are used, old or withdrawn look like those that never were. */
export async function getInvitation(
  ctx: ServiceContext,
  { token }: z.infer<typeof GetInvitationInput>,
): Promise<{ email: string; role: Role; expiresAt: string }> {
  const found = await findInvitation(ctx.db, await hashToken(token), ctx.now());
  if (!found) throw notFound('invitation');
  const { email, role, expiresAt } = found;
  return { email, role, expiresAt: expiresAt.toISOString() };
}

export const JoinInput = z.object({
  token: Token,
  name: SignUpInput.shape.name,
  password: SignUpInput.shape.password,
});

/** Opens the account that somebody was invited to; the link is good once. */
export async function joinByInvitation(
  ctx: ServiceContext,
  { token, name, password }: z.infer<typeof JoinInput>,
): Promise<{ userId: string; email: string; role: Role }> {
  const tokenHash = await hashToken(token);
  // Before the password is hashed, which is dear: whoever guesses links is sent away at once.
  await getInvitation(ctx, { token });
  const passwordHash = await hashPassword(password);
  return runCommand(ctx, { name: 'join-by-invitation', request: null }, async (tx) => {
    const invitation = await takeInvitation(tx, tokenHash, ctx.now());
    if (!invitation) throw notFound('invitation');
    const { id, email, role, zoneId } = invitation;
    const user = { id: uuidv7(), name, email, passwordHash, role };
    if (!(await insertUser(tx, user))) throw emailTaken();
    if (role === 'driver') {
      const [vehicle] = VEHICLES;
      const zone = await zoneForDriver(tx, zoneId);
      await insertDriver(tx, { userId: user.id, zoneId: zone, vehicle });
    }
    await nameJoined(tx, id, user.id);
    return { userId: user.id, email, role };
  });
}
