import type { ApiDeps } from '@/api/context';
import { CALLS } from '@/domain/limits';
import { msUntilTokens } from '@/domain/token-bucket';
import { bucketKey, takeTokens } from '@/services/take-tokens';
import { RestProblem } from './problem';

const seconds = (ms: number): number => Math.ceil(ms / 1_000);

/** Takes one call of `who`, on whatever node; what is left, as headers. Refuses when there is none. */
export async function takeCall(
  { db, now }: Pick<ApiDeps, 'db' | 'now'>,
  who: string,
): Promise<Record<string, string>> {
  const nowMs = now().getTime();
  const ask = { key: bucketKey('call', who), rule: CALLS, nowMs };
  const { taken, bucket } = await takeTokens(db, ask);
  const headers = {
    'ratelimit-policy': `${CALLS.burst};w=${CALLS.burst / CALLS.perSecond}`,
    'ratelimit-limit': String(CALLS.burst),
    'ratelimit-remaining': String(taken ? Math.floor(bucket.tokens) : 0),
    'ratelimit-reset': String(seconds(msUntilTokens(bucket, CALLS, nowMs, CALLS.burst))),
  };
  if (taken) return headers;
  const wait = Math.max(1, seconds(msUntilTokens(bucket, CALLS, nowMs)));
  throw new RestProblem(429, {
    reason: 'too_many_requests',
    detail: 'This is more than may be asked in so short a time.',
    hint: `Try again in ${wait} s.`,
    headers: { ...headers, 'retry-after': String(wait) },
  });
}
