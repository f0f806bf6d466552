import { claimAccountMail, type DueAccountMail, noteAccountMail } from '@/db/queries/account-mails';
import { NOTICE_ATTEMPTS, noticeBackoffSeconds } from '@/domain/notices';
import type { ServiceContext } from './context';
import type { SendOutcome } from './send-notices';

/** Mails one thing about an account. Ends within seconds, and never throws. */
export type AccountMailSender = (
  mail: Pick<DueAccountMail, 'kind' | 'email' | 'name' | 'locale'>,
) => Promise<SendOutcome>;

/** Longer than any sender takes. */
const LEASE_SECONDS = 30;

/** Sends one mail about an account that is due; false when none is. */
export async function sendAccountMail(
  ctx: ServiceContext,
  send: AccountMailSender,
): Promise<boolean> {
  const due = await claimAccountMail(ctx.db, ctx.now(), LEASE_SECONDS);
  if (!due) return false;
  const outcome = await send(due);
  const now = ctx.now();
  if (outcome.kind === 'sent') {
    await noteAccountMail(ctx.db, due.id, { sentAt: now, error: null, dueAt: null });
    return true;
  }
  const wait = noticeBackoffSeconds(due.attempts, ctx.random()) * 1_000;
  const given = outcome.kind === 'gone' || due.attempts >= NOTICE_ATTEMPTS;
  await noteAccountMail(ctx.db, due.id, {
    sentAt: null,
    error: outcome.kind === 'failed' ? outcome.error : 'nobody there any more',
    dueAt: given ? null : new Date(now.getTime() + wait),
  });
  return true;
}
