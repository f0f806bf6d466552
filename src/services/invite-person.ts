import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import {
  insertInvitation,
  openInvitations,
  renewInvitation as renew,
  withdrawInvitation as withdraw,
} from '@/db/queries/invitations';
import { findUserByEmail } from '@/db/queries/users';
import { isZoneInUse } from '@/db/queries/zones';
import { conflict, notFound } from '@/domain/errors';
import { ROLES } from '@/domain/roles';
import { Text } from '@/domain/text';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

/** How long a link is good for, days. */
const GOOD_FOR_DAYS = 7;

const expiryFrom = (now: Date) => new Date(now.getTime() + GOOD_FOR_DAYS * 86_400_000);

export const InvitePersonInput = IdempotencyKey.extend({
  email: Text.trim().toLowerCase().max(200).pipe(z.email('This is not an e-mail address.')),
  role: z.enum(ROLES),
  /** Where a driver begins; null: in the oldest zone. */
  zoneId: z.uuid().nullable().default(null),
  /** In which language the mail is written. */
  locale: z.string().regex(/^[a-z]{2}$/),
});

/** Invites somebody by e-mail to open an account in a role. The mail goes out within seconds. */
export async function invitePerson(
  ctx: ServiceContext,
  input: z.infer<typeof InvitePersonInput>,
): Promise<{ invitationId: string }> {
  const admin = requireRole(ctx, 'admin');
  const { email, role, zoneId, locale } = input;
  return runCommand(ctx, { name: 'invite-person', request: input }, async (tx) => {
    if (await findUserByEmail(tx, email)) {
      throw conflict({
        reason: 'person_known',
        message: 'There is an account with this e-mail already.',
        hint: 'Find them in the list and change their role instead.',
      });
    }
    if (zoneId && !(await isZoneInUse(tx, zoneId))) throw notFound('zone');
    const now = ctx.now();
    const invitation = { id: uuidv7(), email, role, locale, invitedBy: admin.userId };
    const place = { zoneId: role === 'driver' ? zoneId : null };
    const times = { createdAt: now, expiresAt: expiryFrom(now), mailDueAt: now };
    if (!(await insertInvitation(tx, { ...invitation, ...place, ...times }))) {
      throw conflict({
        reason: 'invited_already',
        message: 'This address has been invited already.',
        hint: 'Send the invitation again, or withdraw it first.',
      });
    }
    return { invitationId: invitation.id };
  });
}

export const InvitationInput = IdempotencyKey.extend({ invitationId: z.uuid() });

const closed = () =>
  conflict({
    reason: 'invitation_closed',
    message: 'This invitation has been taken up or withdrawn.',
    hint: 'Look at the list as it is now.',
  });

/** Sends the mail again, with a new link: the old one leads nowhere any more. */
export async function renewInvitation(
  ctx: ServiceContext,
  input: z.infer<typeof InvitationInput>,
): Promise<{ invitationId: string }> {
  requireRole(ctx, 'admin');
  const { invitationId } = input;
  return runCommand(ctx, { name: 'renew-invitation', request: input }, async (tx) => {
    const now = ctx.now();
    if (!(await renew(tx, invitationId, { now, expiresAt: expiryFrom(now) }))) throw closed();
    return { invitationId };
  });
}

/** Takes an invitation back: its link leads nowhere any more. */
export async function withdrawInvitation(
  ctx: ServiceContext,
  input: z.infer<typeof InvitationInput>,
): Promise<{ invitationId: string }> {
  requireRole(ctx, 'admin');
  const { invitationId } = input;
  return runCommand(ctx, { name: 'withdraw-invitation', request: input }, async (tx) => {
    if (!(await withdraw(tx, invitationId, ctx.now()))) throw closed();
    return { invitationId };
  });
}

/** The invitations that are open, and how each stands. */
export async function listInvitations(ctx: ServiceContext) {
  requireRole(ctx, 'admin');
  const now = ctx.now();
  return (await openInvitations(ctx.db)).map((invitation) => {
    const { id, email, role, inviter, expiresAt, mailedAt, mailDueAt } = invitation;
    const told = mailedAt ? 'mailed' : mailDueAt ? 'mailing' : 'failed';
    return {
      ...{ id, email, role, inviter },
      state: expiresAt <= now ? ('expired' as const) : (told as 'mailed' | 'mailing' | 'failed'),
      expiresAt: expiresAt.toISOString(),
    };
  });
}
