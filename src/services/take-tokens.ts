import type { Database } from '@/db/client';
import { readBucket, takeFromBucket } from '@/db/queries/rate-buckets';
import { type Bucket, type BucketRule, msUntilTokens } from '@/domain/token-bucket';

const LONGEST_KEY = 400;
const MOST_REMEMBERED = 20_000;

type Ask = { key: string; rule: BucketRule; nowMs: number; count?: number };
/** `bucket`: how it stands afterwards. */
type Taken = { taken: boolean; bucket: Bucket };

/** Buckets that this process has found empty: a flood costs the database no more than what is allowed. */
const emptied = new WeakMap<Database, Map<string, Bucket>>();

function emptiedOf(db: Database): Map<string, Bucket> {
  const known = emptied.get(db) ?? new Map<string, Bucket>();
  emptied.set(db, known);
  return known;
}

export const bucketKey = (...parts: (string | null)[]): string =>
  parts.join(' ').slice(0, LONGEST_KEY);

/** Takes `count` tokens out of a bucket that all nodes share, or none. */
export async function takeTokens(
  db: Database,
  { key, rule, nowMs, count = 1 }: Ask,
): Promise<Taken> {
  const known = emptiedOf(db);
  const before = known.get(key);
  // Whatever others have taken since, it is no sooner full.
  if (before && msUntilTokens(before, rule, nowMs, count) > 0) {
    return { taken: false, bucket: before };
  }
  known.delete(key);
  const after = await takeFromBucket(db, key, rule, nowMs, count);
  if (after) return { taken: true, bucket: after };
  const bucket = await readBucket(db, key, rule, nowMs);
  known.set(key, bucket);
  const [oldest] = known.keys();
  if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
  return { taken: false, bucket };
}
