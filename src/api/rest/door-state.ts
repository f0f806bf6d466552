import type { ApiDeps } from '@/api/context';
import { RestProblem } from './problem';

/** What the door of one process remembers between requests. */
type DoorState = {
  /** Requests under way, by person and idempotency key. */
  underWay: Set<string>;
};

const states = new WeakMap<ApiDeps, DoorState>();

export function stateOf(deps: ApiDeps): DoorState {
  const known = states.get(deps);
  if (known) return known;
  const state: DoorState = { underWay: new Set() };
  states.set(deps, state);
  return state;
}

/**
 * Runs `work` unless the same key of the same person is under way here. In another process the second one
 * waits for the first in the database, and gets its answer.
 */
export async function oneAtATime<T>(
  { underWay }: DoorState,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  if (underWay.has(key)) {
    throw new RestProblem(409, {
      reason: 'idempotency_key_under_way',
      detail: 'The first request with this Idempotency-Key is still under way.',
      hint: 'Wait a moment, then send it again.',
    });
  }
  underWay.add(key);
  try {
    return await work();
  } finally {
    underWay.delete(key);
  }
}
