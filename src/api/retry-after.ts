import type { TRPCError } from '@trpc/server';
import { RETRY_AFTER_S, wireRefusal } from './errors';

/** Headers of an answer over HTTP: when to try again what was asked too often, or could not be done just now. */
export function retryAfter({ errors }: { errors: readonly TRPCError[] }): { headers?: Headers } {
  const waits = errors.flatMap((error) => {
    const wait = wireRefusal(error)?.data?.retryAfterSeconds;
    if (typeof wait === 'number') return [wait];
    return error.code === 'SERVICE_UNAVAILABLE' ? [RETRY_AFTER_S] : [];
  });
  if (waits.length === 0) return {};
  return { headers: new Headers({ 'retry-after': `${Math.max(...waits)}` }) };
}
