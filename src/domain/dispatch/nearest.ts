import { backoffSeconds, type DispatchPolicy } from './policy';

/** An available driver inside the radius, nearest first. */
export type Candidate = {
  driverId: string;
  name: string;
  distanceM: number;
  positionAgeSeconds: number;
  /** Said no to this delivery in this search. */
  declined: boolean;
  /** Let an offer of this delivery run out in this round. */
  expiredThisRound: boolean;
};

export type Verdict =
  | 'chosen'
  | 'further_away'
  | 'position_stale'
  | 'declined'
  | 'did_not_answer'
  /** Is thinking about this delivery, or being asked about another at this moment. */
  | 'asked_already';
export type Judged<C extends Candidate = Candidate> = C & { verdict: Verdict };

/** Nobody may be asked. */
export type NobodyDecision<C extends Candidate> =
  | { kind: 'wait'; until: Date; considered: Judged<C>[] }
  | { kind: 'give_up'; considered: Judged<C>[] };

export type DispatchDecision<C extends Candidate = Candidate> =
  | {
      kind: 'offer';
      driverId: string;
      distanceM: number;
      expiresAt: Date;
      considered: Judged<C>[];
    }
  | NobodyDecision<C>;

export type DispatchInput<C extends Candidate = Candidate> = {
  /** Rounds of this search that found nobody, so far. */
  emptyRounds: number;
  candidates: readonly C[];
  policy: DispatchPolicy;
  now: Date;
  /** In [0, 1). */
  random: number;
};

export function exclusion(candidate: Candidate, policy: DispatchPolicy): Verdict | null {
  if (candidate.declined) return 'declined';
  if (candidate.expiredThisRound) return 'did_not_answer';
  if (candidate.positionAgeSeconds > policy.positionFreshSeconds) return 'position_stale';
  return null;
}

export const nearestFirst = <C extends Candidate>(candidates: readonly C[]): C[] =>
  [...candidates].sort((a, b) => a.distanceM - b.distanceM || a.driverId.localeCompare(b.driverId));

/** Nobody may be asked: looks again, further, after backing off; or leaves it to a person. */
export function nobody<C extends Candidate>(
  { emptyRounds, policy, now, random }: DispatchInput<C>,
  considered: Judged<C>[],
): NobodyDecision<C> {
  if (emptyRounds + 1 >= policy.maxEmptyRounds) return { kind: 'give_up', considered };
  const waitMs = backoffSeconds(policy, emptyRounds, random) * 1_000;
  return { kind: 'wait', until: new Date(now.getTime() + waitMs), considered };
}

/** Policy *nearest*: one offer at a time, to the nearest driver who may still be asked. */
export function planNearest<C extends Candidate>(input: DispatchInput<C>): DispatchDecision<C> {
  const { candidates, policy, now } = input;
  const ranked = nearestFirst(candidates);
  const pick = ranked.find((candidate) => exclusion(candidate, policy) === null);
  const considered = ranked.map((candidate): Judged<C> => {
    const verdict = candidate === pick ? 'chosen' : exclusion(candidate, policy);
    return { ...candidate, verdict: verdict ?? 'further_away' };
  });
  if (!pick) return nobody(input, considered);
  return {
    kind: 'offer',
    driverId: pick.driverId,
    distanceM: pick.distanceM,
    expiresAt: new Date(now.getTime() + policy.offerSeconds * 1_000),
    considered,
  };
}
