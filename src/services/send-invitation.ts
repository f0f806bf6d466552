import {
  claimInvitationMail,
  type DueInvitation,
  noteInvitationMail,
} from '@/db/queries/invitations';
import { NOTICE_ATTEMPTS, noticeBackoffSeconds } from '@/domain/notices';
import type { ServiceContext } from './context';
import { freshToken, hashToken } from './invitation-token';
import type { SendOutcome } from './send-notices';

/** Mails one invitation. Ends within seconds, and never throws. */
export type InvitationSender = (
  invitation: Pick<DueInvitation, 'email' | 'role' | 'locale' | 'expiresAt' | 'inviter'>,
  token: string,
) => Promise<SendOutcome>;

/** Longer than any sender takes. */
const LEASE_SECONDS = 30;

/**
 * Sends one mail that is due; false when none is. The link's token is made here and is nowhere else: each
 * try has a new one, and its hash is kept before it leaves.
 */
export async function sendInvitation(
  ctx: ServiceContext,
  send: InvitationSender,
): Promise<boolean> {
  const token = freshToken();
  const tokenHash = await hashToken(token);
  const due = await claimInvitationMail(ctx.db, tokenHash, ctx.now(), LEASE_SECONDS);
  if (!due) return false;
  const outcome = await send(due, token);
  const now = ctx.now();
  if (outcome.kind === 'sent') {
    await noteInvitationMail(ctx.db, tokenHash, { mailedAt: now });
    return true;
  }
  const error = outcome.kind === 'failed' ? outcome.error : 'nobody there any more';
  const wait = noticeBackoffSeconds(due.attempts, ctx.random()) * 1_000;
  const given = outcome.kind === 'gone' || due.attempts >= NOTICE_ATTEMPTS;
  const nextAt = given ? null : new Date(now.getTime() + wait);
  await noteInvitationMail(ctx.db, tokenHash, { error, nextAt });
  return true;
}
