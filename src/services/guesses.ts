import type { Database } from '@/db/client';
import { Refusal } from '@/domain/errors';
import { addressKey } from '@/domain/limits';
import type { BucketRule } from '@/domain/token-bucket';
import { bucketsOf } from './buckets';

/** For one account from one address: a person who mistypes, not a program that guesses. */
const OF_ACCOUNT: BucketRule = { burst: 10, perSecond: 1 / 30 };
/** For all accounts from one address, behind which may stand an office. */
const OF_ADDRESS: BucketRule = { burst: 100, perSecond: 1 };

type Guess = { email: string; address: string | null };

function counted({ email, address }: Guess): [string, BucketRule][] {
  const from = addressKey(address);
  const ofAccount: [string, BucketRule] = [`guess ${from ?? ''} ${email}`, OF_ACCOUNT];
  return from === null ? [ofAccount] : [ofAccount, [`guess ${from}`, OF_ADDRESS]];
}

/** Refuses who has sent too many wrong passwords, whether or not they are right this time. */
export function checkGuesses(db: Database, guess: Guess, nowMs: number): void {
  const buckets = bucketsOf(db);
  const wait = Math.max(...counted(guess).map(([key, rule]) => buckets.wait(key, rule, nowMs)));
  if (wait <= 0) return;
  const retryAfterSeconds = Math.ceil(wait / 1_000);
  throw new Refusal('too_many', {
    reason: 'too_many_sign_ins',
    message: 'There were too many wrong passwords.',
    hint: `Try again in ${retryAfterSeconds} s.`,
    data: { retryAfterSeconds },
  });
}

/** One more wrong password. Right ones cost nothing. */
export function noteGuess(db: Database, guess: Guess, nowMs: number): void {
  for (const [key, rule] of counted(guess)) bucketsOf(db).take(key, rule, nowMs);
}
