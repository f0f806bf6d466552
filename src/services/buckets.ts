import type { Database } from '@/db/client';
import {
  type Bucket,
  type BucketRule,
  fullBucket,
  msUntilTokens,
  takeToken,
} from '@/domain/token-bucket';

const MOST = 20_000;

/** What has been counted of late in this process; another process counts for itself. */
export class Buckets {
  readonly #buckets = new Map<string, Bucket>();

  #of(key: string, rule: BucketRule, nowMs: number): Bucket {
    return this.#buckets.get(key) ?? fullBucket(rule, nowMs);
  }

  /** How long until there is one to take, milliseconds. */
  wait(key: string, rule: BucketRule, nowMs: number): number {
    return msUntilTokens(this.#of(key, rule, nowMs), rule, nowMs);
  }

  /** Takes one if there is one; how many are left, and how long until all are there, milliseconds. */
  take(key: string, rule: BucketRule, nowMs: number): { left: number; fullInMs: number } {
    const bucket = this.#of(key, rule, nowMs);
    const after = takeToken(bucket, rule, nowMs) ?? bucket;
    // In the order of use: the one that rested longest is full again, or nearly so.
    this.#buckets.delete(key);
    this.#buckets.set(key, after);
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= MOST) break;
      this.#buckets.delete(oldest);
    }
    const fullInMs = msUntilTokens(after, rule, nowMs, rule.burst);
    return { left: Math.floor(after.tokens), fullInMs };
  }
}

const known = new WeakMap<Database, Buckets>();

/** Those of the process that uses this database. */
export function bucketsOf(db: Database): Buckets {
  const found = known.get(db) ?? new Buckets();
  known.set(db, found);
  return found;
}
