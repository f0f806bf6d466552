import { TRPCError } from '@trpc/server';
import { unavailability } from '@/db/unavailable';
import { Refusal, type RefusalCode } from '@/domain/errors';
import { LiveFeed } from '@/realtime/live-feed';

const CODES: Readonly<Record<RefusalCode, TRPCError['code']>> = {
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  invalid: 'UNPROCESSABLE_CONTENT',
  conflict: 'CONFLICT',
  too_many: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
};

/** When to come back while the database is away, seconds: it is looked for several times in each. */
export const RETRY_AFTER_S = 1;

/** The database did not answer, in our words; null for another error. `changes`: whether the call was to change something. */
export function databaseRefusal(error: unknown, changes: boolean): Refusal | null {
  const found = unavailability(error);
  if (!found) return null;
  const data = { retryAfterSeconds: RETRY_AFTER_S };
  if (changes && found.done === 'unknown') {
    return new Refusal('unavailable', {
      reason: 'outcome_unknown',
      message: 'The database did not say whether this was done.',
      hint: 'Send the same again: under its idempotency key it is not done twice.',
      data,
    });
  }
  return new Refusal('unavailable', {
    reason: 'database_unavailable',
    message: 'The database does not answer just now. Nothing was changed.',
    hint: 'Try again in a moment.',
    data,
  });
}

/** The one place that maps refusals to transport codes. `changes`: whether the call was to change something. */
export function toTransport(error: unknown, changes = false): unknown {
  const found = error instanceof TRPCError ? error.cause : error;
  const cause = databaseRefusal(found, changes) ?? found;
  if (!(cause instanceof Refusal)) return error;
  return new TRPCError({ code: CODES[cause.code], message: cause.message, cause });
}

/** What a client gets to know of an error besides its message. */
export type WireRefusal = {
  code: RefusalCode;
  reason: string;
  hint: string | null;
  data: Record<string, unknown> | null;
};

export function wireRefusal(error: TRPCError): WireRefusal | null {
  const { cause } = error;
  if (!(cause instanceof Refusal)) return null;
  return {
    code: cause.code,
    reason: cause.reason,
    hint: cause.hint ?? null,
    data: cause.data ?? null,
  };
}

/** Errors of a stream, which come after the middleware is done, in transport form. */
export function withTransportErrors<T>(stream: LiveFeed<T>): LiveFeed<T>;
export function withTransportErrors<T>(stream: AsyncGenerator<T, void>): AsyncGenerator<T, void>;
export function withTransportErrors<T>(stream: LiveFeed<T> | AsyncGenerator<T, void>) {
  return stream instanceof LiveFeed ? stream.refusing(toTransport) : refusing(stream);
}

async function* refusing<T>(stream: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  try {
    yield* stream;
  } catch (error) {
    throw toTransport(error);
  }
}
