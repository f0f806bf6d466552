import type { Database } from '@/db/client';
import { Refusal } from '@/domain/errors';
import {
  type Bucket,
  type BucketRule,
  fullBucket,
  msUntilTokens,
  takeToken,
} from '@/domain/token-bucket';

/** For one account from one address: a person who mistypes, not a program that guesses. */
const OF_ACCOUNT: BucketRule = { burst: 10, perSecond: 1 / 30 };
/** For all accounts from one address, behind which may stand an office. */
const OF_ADDRESS: BucketRule = { burst: 100, perSecond: 1 };
const MOST = 20_000;

type Guess = { email: string; address: string | null };

/** Wrong passwords of late, in this process. Right ones cost nothing. */
class Guesses {
  readonly #buckets = new Map<string, Bucket>();

  #counted({ email, address }: Guess): [string, BucketRule][] {
    return [
      [`${address ?? ''} ${email}`, OF_ACCOUNT],
      [address ?? '', OF_ADDRESS],
    ];
  }

  /** Refuses who has guessed too often, whether or not they are right this time. */
  check(guess: Guess, nowMs: number): void {
    for (const [key, rule] of this.#counted(guess)) {
      const bucket = this.#buckets.get(key);
      const wait = bucket ? msUntilTokens(bucket, rule, nowMs) : 0;
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

  note(guess: Guess, nowMs: number): void {
    for (const [key, rule] of this.#counted(guess)) {
      const bucket = this.#buckets.get(key) ?? fullBucket(rule, nowMs);
      this.#buckets.delete(key);
      this.#buckets.set(key, takeToken(bucket, rule, nowMs) ?? bucket);
    }
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= MOST) break;
      this.#buckets.delete(oldest);
    }
  }
}

const known = new WeakMap<Database, Guesses>();

/** Those of the process that uses this database. */
export function guessesOf(db: Database): Guesses {
  const found = known.get(db) ?? new Guesses();
  known.set(db, found);
  return found;
}
