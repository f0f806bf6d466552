import type { ApiDeps } from '@/api/context';
import { CALLS } from '@/domain/limits';
import { bucketsOf } from '@/services/buckets';
import { RestProblem } from './problem';

const seconds = (ms: number): number => Math.ceil(ms / 1_000);

/** Takes one call of `who` (person, key or address), and says how many are left; refuses when none is. */
export function takeCall({ db, now }: ApiDeps, who: string): Record<string, string> {
  const nowMs = now().getTime();
  const key = `call ${who}`;
  const wait = bucketsOf(db).wait(key, CALLS, nowMs);
  const { left, fullInMs } = bucketsOf(db).take(key, CALLS, nowMs);
  const headers = {
    'ratelimit-policy': `${CALLS.burst};w=${seconds((CALLS.burst / CALLS.perSecond) * 1_000)}`,
    'ratelimit-limit': String(CALLS.burst),
    'ratelimit-remaining': String(wait > 0 ? 0 : left),
    'ratelimit-reset': String(seconds(fullInMs)),
  };
  if (wait <= 0) return headers;
  const retryAfter = Math.max(1, seconds(wait));
  throw new RestProblem(429, {
    reason: 'too_many_requests',
    detail: 'This is more than may be asked in so short a time.',
    hint: `Try again in ${retryAfter} s.`,
    headers: { ...headers, 'retry-after': String(retryAfter) },
  });
}
