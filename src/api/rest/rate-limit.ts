import {
  type Bucket,
  type BucketRule,
  fullBucket,
  msUntilTokens,
  takeToken,
} from '@/domain/token-bucket';
import { RestProblem } from './problem';

/** Of one person, key or, without either, address. Far above what a busy client needs. */
const CALLS: BucketRule = { burst: 1_000, perSecond: 100 };
const MOST_BUCKETS = 20_000;

type Taken = { headers: Record<string, string> };

const seconds = (ms: number): number => Math.ceil(ms / 1_000);

/** Buckets of this process; another process has its own. */
export class RateLimits {
  readonly #buckets = new Map<string, Bucket>();

  #take(key: string, rule: BucketRule, nowMs: number): Taken {
    const bucket = this.#buckets.get(key) ?? fullBucket(rule, nowMs);
    const after = takeToken(bucket, rule, nowMs);
    const left = after ?? bucket;
    const headers = {
      'ratelimit-policy': `${rule.burst};w=${seconds((rule.burst / rule.perSecond) * 1_000)}`,
      'ratelimit-limit': String(rule.burst),
      'ratelimit-remaining': String(after ? Math.floor(after.tokens) : 0),
      'ratelimit-reset': String(seconds(msUntilTokens(left, rule, nowMs, rule.burst))),
    };
    if (!after) {
      const wait = Math.max(1, seconds(msUntilTokens(bucket, rule, nowMs)));
      throw new RestProblem(429, {
        reason: 'too_many_requests',
        detail: 'This is more than may be asked in so short a time.',
        hint: `Try again in ${wait} s.`,
        headers: { ...headers, 'retry-after': String(wait) },
      });
    }
    // In the order of use: the one that rested longest is full again, or nearly so.
    this.#buckets.delete(key);
    this.#buckets.set(key, after);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > MOST_BUCKETS && oldest !== undefined) this.#buckets.delete(oldest);
    return { headers };
  }

  /** Takes one call of `who`; refuses when there is none left. */
  call(who: string, nowMs: number): Taken {
    return this.#take(`call ${who}`, CALLS, nowMs);
  }
}
