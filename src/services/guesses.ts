import type { Database } from '@/db/client';
import { readBucket, takeFromBucket } from '@/db/queries/rate-buckets';
import { Refusal } from '@/domain/errors';
import { addressKey } from '@/domain/limits';
import { type BucketRule, msUntilTokens } from '@/domain/token-bucket';
import { bucketKey } from './take-tokens';

/** For one account from one address: a person who mistypes, not a program that guesses. */
const OF_ACCOUNT: BucketRule = { burst: 10, perSecond: 1 / 30 };
/** For all accounts from one address, behind which may stand an office. */
const OF_ADDRESS: BucketRule = { burst: 100, perSecond: 1 };

type Guess = { email: string; address: string | null };

function counted({ email, address }: Guess): [key: string, rule: BucketRule][] {
  const from = addressKey(address);
  const ofAccount: [string, BucketRule] = [bucketKey('guess', from, email), OF_ACCOUNT];
  return from === null ? [ofAccount] : [ofAccount, [bucketKey('guesses', from), OF_ADDRESS]];
}

/** Refuses who has guessed too often, on whatever node, and whether or not they are right this time. */
export async function checkGuesses(db: Database, guess: Guess, nowMs: number): Promise<void> {
  for (const [key, rule] of counted(guess)) {
    const wait = msUntilTokens(await readBucket(db, key, rule, nowMs), rule, nowMs);
    if (wait > 0) {
      const retryAfterSeconds = Math.ceil(wait / 1_000);
      throw new Refusal('too_many', {
        reason: 'too_many_sign_ins',
        message: 'There were too many wrong passwords.',
        hint: `Try again in ${retryAfterSeconds} s.`,
        data: { retryAfterSeconds },
      });
    }
  }
}

/** One more wrong password. Right ones cost nothing. */
export async function noteGuess(db: Database, guess: Guess, nowMs: number): Promise<void> {
  for (const [key, rule] of counted(guess)) await takeFromBucket(db, key, rule, nowMs);
}
