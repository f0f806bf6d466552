import {
  claimDueNotices,
  closeNotice,
  type DueNotice,
  dropPushTarget,
  type PushTarget,
  postponeNotice,
  pushTargets,
} from '@/db/queries/notices';
import {
  isStale,
  NOTICE_ATTEMPTS,
  type NoticeContent,
  noticeBackoffSeconds,
} from '@/domain/notices';
import { runOrderCommand } from './command';
import type { ServiceContext } from './context';

/** How one try ended; `gone`: there is nobody at this address any more. */
export type SendOutcome = { kind: 'sent' } | { kind: 'failed'; error: string } | { kind: 'gone' };

/** A short message to a telephone (E.164). */
export type SmsSender = (
  to: { phone: string; locale: string },
  notice: NoticeContent,
) => Promise<SendOutcome>;

/** The ways out. Each ends within seconds, and never throws. */
export type NoticeSenders = {
  email(
    to: { email: string; name: string; locale: string },
    notice: NoticeContent,
  ): Promise<SendOutcome>;
  /** Where a gateway is set up. */
  sms?: SmsSender | undefined;
  push(to: PushTarget & { locale: string }, notice: NoticeContent): Promise<SendOutcome>;
};

const BATCH = 20;
/** Longer than any sender takes. */
const LEASE_SECONDS = 30;

async function attempt(
  ctx: ServiceContext,
  senders: NoticeSenders,
  notice: DueNotice,
): Promise<SendOutcome> {
  if (notice.channel === 'email') return senders.email(notice, notice.content);
  if (notice.channel === 'sms') {
    const { phone, locale } = notice;
    return senders.sms && phone ? senders.sms({ phone, locale }, notice.content) : { kind: 'gone' };
  }
  const outcomes: SendOutcome[] = [];
  for (const target of await pushTargets(ctx.db, notice.userId)) {
    const outcome = await senders.push({ ...target, locale: notice.locale }, notice.content);
    if (outcome.kind === 'gone') await dropPushTarget(ctx.db, target.endpoint);
    outcomes.push(outcome);
  }
  // One browser that got it is enough; a second try would tell that one twice.
  return (
    outcomes.find(({ kind }) => kind === 'sent') ??
    outcomes.find(({ kind }) => kind === 'failed') ?? { kind: 'gone' }
  );
}

/** Given up: an admin finds it among the dead letters, and its order's story tells it. */
async function giveUp(ctx: ServiceContext, notice: DueNotice, error: string): Promise<void> {
  await runOrderCommand(ctx, { name: 'give-up-notice', request: null }, notice.orderId, (tx) =>
    closeNotice(tx, notice.id, { status: 'dead', error }),
  );
}

async function send(ctx: ServiceContext, senders: NoticeSenders, notice: DueNotice): Promise<void> {
  if (isStale(notice.channel, notice.since, ctx.now(), notice.content.offer)) {
    await giveUp(ctx, notice, 'its moment has passed');
    return;
  }
  const outcome = await attempt(ctx, senders, notice);
  const now = ctx.now();
  if (outcome.kind === 'sent') {
    await closeNotice(ctx.db, notice.id, { status: 'sent', at: now });
  } else if (outcome.kind === 'gone') {
    await giveUp(ctx, notice, 'nobody there any more');
  } else if (notice.attempts >= NOTICE_ATTEMPTS) {
    await giveUp(ctx, notice, outcome.error);
  } else {
    const wait = noticeBackoffSeconds(notice.attempts, ctx.random());
    await postponeNotice(ctx.db, notice.id, new Date(now.getTime() + wait * 1_000), outcome.error);
  }
}

/** Sends what is due; what fails is tried again later, each on its own. Returns how many were tried. */
export async function sendNotices(ctx: ServiceContext, senders: NoticeSenders): Promise<number> {
  const due = await claimDueNotices(ctx.db, ctx.now(), LEASE_SECONDS, BATCH);
  await Promise.all(due.map((notice) => send(ctx, senders, notice)));
  return due.length;
}
