import {
  type Candidate,
  type DispatchInput,
  exclusion,
  type Judged,
  type NobodyDecision,
  nearestFirst,
  nobody,
  type Verdict,
} from './nearest';
import type { DispatchPolicy } from './policy';

export type BroadcastInput<C extends Candidate> = DispatchInput<C> & {
  policy: DispatchPolicy & { parallelOffers: number };
  /** Drivers who are thinking about this delivery now. */
  askedNow: ReadonlySet<string>;
  /** Drivers who are being asked about others at this moment. */
  takenNow?: ReadonlySet<string>;
};

export type BroadcastDecision<C extends Candidate> =
  | { kind: 'offer'; driverIds: string[]; expiresAt: Date; considered: Judged<C>[] }
  /** As many as the policy says, or all there are, are thinking about it. */
  | { kind: 'hold' }
  | NobodyDecision<C>;

/**
 * Policy *broadcast*: the nearest few are asked at once, and the first yes wins. Whoever says no is
 * followed by the next one, so that as many are asked as the policy says, until somebody takes it.
 */
export function planBroadcast<C extends Candidate>(input: BroadcastInput<C>): BroadcastDecision<C> {
  const { candidates, policy, askedNow, takenNow, now } = input;
  const room = policy.parallelOffers - askedNow.size;
  if (room <= 0) return { kind: 'hold' };
  const ranked = nearestFirst(candidates);
  const left = (candidate: C): Verdict | null =>
    askedNow.has(candidate.driverId) || takenNow?.has(candidate.driverId)
      ? 'asked_already'
      : exclusion(candidate, policy);
  const picked = new Set(ranked.filter((candidate) => left(candidate) === null).slice(0, room));
  const considered = ranked.map((candidate): Judged<C> => {
    const verdict = picked.has(candidate) ? 'chosen' : (left(candidate) ?? 'further_away');
    return { ...candidate, verdict };
  });
  if (picked.size > 0) {
    return {
      kind: 'offer',
      driverIds: [...picked].map(({ driverId }) => driverId),
      expiresAt: new Date(now.getTime() + policy.offerSeconds * 1_000),
      considered,
    };
  }
  return askedNow.size > 0 ? { kind: 'hold' } : nobody(input, considered);
}
