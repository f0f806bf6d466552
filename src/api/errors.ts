import { TRPCError } from '@trpc/server';
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

/** The one place that maps refusals to transport codes. */
export function toTransport(error: unknown): unknown {
  const cause = error instanceof TRPCError ? error.cause : error;
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
