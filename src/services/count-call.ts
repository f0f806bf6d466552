import type { Database } from '@/db/client';
import { Refusal } from '@/domain/errors';
import { addressKey, LIMITS, type Limited } from '@/domain/limits';
import { type BucketRule, msUntilTokens } from '@/domain/token-bucket';
import { bucketKey, takeTokens } from './take-tokens';

/** Who asks: the account where there is one, and where from as far as is known. */
type Caller = { userId: string | null; address: string | null };

/** Counts a call of this kind, by account and by address, on whatever node; refuses who has had too many. */
export async function countCall(
  { db, now }: { db: Database; now: () => Date },
  limited: Limited,
  { userId, address }: Caller,
): Promise<void> {
  const nowMs = now().getTime();
  const from = addressKey(address);
  const counted: [string, BucketRule][] = [];
  if (userId !== null) counted.push([bucketKey(limited, 'of', userId), LIMITS[limited].account]);
  if (from !== null) counted.push([bucketKey(limited, 'from', from), LIMITS[limited].address]);
  for (const [key, rule] of counted) {
    const { taken, bucket } = await takeTokens(db, { key, rule, nowMs });
    if (taken) continue;
    const wait = msUntilTokens(bucket, rule, nowMs);
    const retryAfterSeconds = Math.max(1, Math.ceil(wait / 1_000));
    throw new Refusal('too_many', {
      reason: 'too_many_requests',
      message: 'This was asked too often in too short a time.',
      hint: `Try again in ${retryAfterSeconds} s.`,
      data: { retryAfterSeconds },
    });
  }
}
