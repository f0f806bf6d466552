import { randomUUID } from 'node:crypto';
import type { ApiDeps } from '@/api/context';
import { beginRequest, endRequest } from '@/db/queries/requests-under-way';
import { bucketKey } from '@/services/take-tokens';
import { RestProblem } from './problem';

/** After a process that ended in the middle, its requests count as under way for so long, seconds. */
const LONGEST_SECONDS = 30;

/**
 * Runs `work` unless the same key of the same person is under way, on whatever node. This is a courtesy: one
 * that is let in too early waits for the first in the database, and gets its answer.
 */
export async function oneAtATime<T>(
  { db, onError }: Pick<ApiDeps, 'db' | 'onError'>,
  { who, idempotencyKey }: { who: string | null; idempotencyKey: string },
  work: () => Promise<T>,
): Promise<T> {
  const request = { key: bucketKey(idempotencyKey, who), holder: randomUUID() };
  if (!(await beginRequest(db, { ...request, seconds: LONGEST_SECONDS }))) {
    throw new RestProblem(409, {
      reason: 'idempotency_key_under_way',
      detail: 'The first request with this Idempotency-Key is still under way.',
      hint: 'Wait a moment, then send it again.',
    });
  }
  try {
    return await work();
  } finally {
    await endRequest(db, request).catch((error: unknown) => onError(error, 'one at a time'));
  }
}
