import { forgetAccountMails } from '@/db/queries/account-mails';
import { keepBreadcrumbs } from '@/db/queries/drivers';
import { dropKeysBefore } from '@/db/queries/idempotency';
import { dropOrphanPictures } from '@/db/queries/pictures';
import { dropBucketsBefore } from '@/db/queries/rate-buckets';
import { forgetRefreshTokens } from '@/db/queries/refresh-tokens';
import { dropTriesBefore } from '@/db/queries/relay-tries';
import { dropEndedRequests } from '@/db/queries/requests-under-way';
import { forgetEvents, forgetMessages, forgetNotices } from '@/db/queries/retention';
import { readSetting } from '@/db/queries/settings';
import { completeForgotten } from './collect-order';
import type { ServiceContext } from './context';
import { forgetProofs } from './forget-proofs';
import type { PictureStore } from './picture-store';
import { SESSION_DAYS } from './sign-in';

/** A request may be repeated under its key for so long, hours. */
const KEYS_ANSWER_HOURS = 24;
/** So many lines go at a time, of the log and of the notices. */
const BATCH = 5_000;
/** What webhooks answered is shown for so long. */
const TRIES_KEPT_DAYS = 7;
/** The slowest bucket of `guesses` is full again long before. */
const BUCKETS_KEPT_MS = 3_600_000;
/** That somebody was mailed about their account is known for so long. */
const ACCOUNT_MAILS_KEPT_DAYS = 30;

/**
 * Removes what nobody can ask for any more, and ends what was forgotten at the counter. `proofs`: where
 * pictures of handovers lie, if anywhere.
 */
export async function keepHouse(ctx: ServiceContext, proofs?: PictureStore): Promise<void> {
  const now = ctx.now();
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const { positionDays, messageDays, noticeDays, proofDays, eventDays } = await readSetting(
    ctx.db,
    'retention',
  );
  await dropKeysBefore(ctx.db, new Date(now.getTime() - KEYS_ANSWER_HOURS * 3_600_000));
  await forgetRefreshTokens(ctx.db, daysAgo(SESSION_DAYS));
  await keepBreadcrumbs(ctx.db, now, positionDays);
  if (messageDays !== null) await forgetMessages(ctx.db, daysAgo(messageDays));
  if (noticeDays !== null) {
    while ((await forgetNotices(ctx.db, daysAgo(noticeDays), BATCH)) === BATCH);
  }
  if (proofs) await forgetProofs(ctx, proofs, proofDays === null ? null : daysAgo(proofDays));
  if (eventDays !== null) {
    while ((await forgetEvents(ctx.db, daysAgo(eventDays), BATCH)) === BATCH);
  }
  await dropOrphanPictures(ctx.db, daysAgo(1));
  await dropBucketsBefore(ctx.db, now.getTime() - BUCKETS_KEPT_MS);
  await dropEndedRequests(ctx.db);
  await forgetAccountMails(ctx.db, daysAgo(ACCOUNT_MAILS_KEPT_DAYS));
  await dropTriesBefore(ctx.db, daysAgo(TRIES_KEPT_DAYS));
  await completeForgotten(ctx);
}
