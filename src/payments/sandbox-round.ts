import type { Database } from '@/db/client';
import {
  chargesToDecide,
  claimWebhooks,
  dropCardsBefore,
  dropWebhooksBefore,
  nextSandboxDueAt,
  putOffWebhook,
  webhookDelivered,
} from '@/db/queries/sandbox';
import { retryDelayMs } from '@/domain/retry';
import { moveAndTell, SANDBOX, SIGNATURE_HEADER, TOKEN_MINUTES } from './sandbox';
import { sign } from './signature';

/** Sends a webhook; the status of the answer. */
export type PostWebhook = (body: string, headers: Record<string, string>) => Promise<number>;

/** Where the test provider sends what it has to tell. */
export const SANDBOX_WEBHOOK_PATH = `/api/webhooks/payments/${SANDBOX}`;
const POST_DEADLINE_MS = 5_000;

/** Posts webhooks to the installation at this origin. */
export const postTo =
  (origin: string): PostWebhook =>
  async (body, headers) => {
    const signal = AbortSignal.timeout(POST_DEADLINE_MS);
    const url = `${origin}${SANDBOX_WEBHOOK_PATH}`;
    return (await fetch(url, { method: 'POST', body, headers, signal })).status;
  };

const LEASE_MS = 15_000;
const BATCH = 20;
/** Tried so often, a webhook is given up: reconciliation finds what it would have told. */
const GIVE_UP_AFTER = 12;
const WEBHOOKS_KEPT_MS = 7 * 86_400_000;

async function decide(db: Database, now: Date): Promise<void> {
  for (const { paymentId, behaviour } of await chargesToDecide(db, now)) {
    const change =
      behaviour === 'approves_later'
        ? { status: 'authorised' as const, decidesAt: null }
        : {
            status: 'declined' as const,
            declineReason: 'declined' as const,
            decidesAt: null,
          };
    await moveAndTell(db, paymentId, ['pending'], change);
  }
}

/** One pass of the test provider: banks make up their minds, webhooks are sent until they are taken. */
export async function runSandboxRound(options: {
  db: Database;
  secret: string;
  now: () => Date;
  random: () => number;
  post: PostWebhook;
}): Promise<Date | null> {
  const { db, secret, now, random, post } = options;
  await decide(db, now());
  const leaseUntil = new Date(now().getTime() + LEASE_MS);
  for (const { id, body, attempts } of await claimWebhooks(db, now(), leaseUntil, BATCH)) {
    const headers = {
      'content-type': 'application/json',
      [SIGNATURE_HEADER]: sign(secret, body, now()),
    };
    const status = await post(body, headers).catch(() => 0);
    if ((status >= 200 && status < 300) || attempts >= GIVE_UP_AFTER) {
      await webhookDelivered(db, id, now());
    } else {
      await putOffWebhook(db, id, new Date(now().getTime() + retryDelayMs(attempts, random())));
    }
  }
  await dropCardsBefore(db, new Date(now().getTime() - TOKEN_MINUTES * 60_000));
  await dropWebhooksBefore(db, new Date(now().getTime() - WEBHOOKS_KEPT_MS));
  return nextSandboxDueAt(db);
}
