import type { TRPCError } from '@trpc/server';
import { wireRefusal } from './errors';

/** Headers of an answer over HTTP: when to try again what was asked too often. */
export function retryAfter({ errors }: { errors: readonly TRPCError[] }): { headers?: Headers } {
  const waits = errors.flatMap((error) => {
    const wait = wireRefusal(error)?.data?.retryAfterSeconds;
    return typeof wait === 'number' ? [wait] : [];
  });
  if (waits.length === 0) return {};
  return { headers: new Headers({ 'retry-after': `${Math.max(...waits)}` }) };
}
