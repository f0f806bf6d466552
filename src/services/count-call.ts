import type { Database } from '@/db/client';
import { Refusal } from '@/domain/errors';
import { addressKey, LIMITS, type Limited } from '@/domain/limits';
import type { BucketRule } from '@/domain/token-bucket';
import { bucketsOf } from './buckets';

/** Who asks: the account where there is one, and where from as far as is known. */
type Caller = { userId: string | null; address: string | null };

/** Counts a call of this kind, by account and by address; refuses who has had too many, and counts it not. */
export function countCall(
  { db, now }: { db: Database; now: () => Date },
  limited: Limited,
  { userId, address }: Caller,
): void {
  const nowMs = now().getTime();
  const buckets = bucketsOf(db);
  const from = addressKey(address);
  const counted: [string, BucketRule][] = [];
  if (userId !== null) counted.push([`${limited} of ${userId}`, LIMITS[limited].account]);
  if (from !== null) counted.push([`${limited} from ${from}`, LIMITS[limited].address]);
  const wait = Math.max(0, ...counted.map(([key, rule]) => buckets.wait(key, rule, nowMs)));
  if (wait > 0) {
    const retryAfterSeconds = Math.ceil(wait / 1_000);
    throw new Refusal('too_many', {
      reason: 'too_many_requests',
      message: 'This was asked too often in too short a time.',
      hint: `Try again in ${retryAfterSeconds} s.`,
      data: { retryAfterSeconds },
    });
  }
  for (const [key, rule] of counted) buckets.take(key, rule, nowMs);
}
