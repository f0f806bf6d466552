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

export type Verdict = 'chosen' | 'further_away' | 'position_stale' | 'declined' | 'did_not_answer';
export type Considered = Candidate & { verdict: Verdict };

export type DispatchDecision =
  | {
      kind: 'offer';
      driverId: string;
      distanceM: number;
      expiresAt: Date;
      considered: Considered[];
    }
  | { kind: 'wait'; until: Date; considered: Considered[] }
  | { kind: 'give_up'; considered: Considered[] };

export type DispatchInput = {
  /** Rounds of this search that found nobody, so far. */
  emptyRounds: number;
  candidates: readonly Candidate[];
  policy: DispatchPolicy;
  now: Date;
  /** In [0, 1). */
  random: number;
};

function exclusion(candidate: Candidate, policy: DispatchPolicy): Verdict | null {
  if (candidate.declined) return 'declined';
  if (candidate.expiredThisRound) return 'did_not_answer';
  if (candidate.positionAgeSeconds > policy.positionFreshSeconds) return 'position_stale';
  return null;
}

/** Policy *nearest*: one offer at a time, to the nearest driver who may still be asked. */
export function planNearest(input: DispatchInput): DispatchDecision {
  const { candidates, policy, emptyRounds, now } = input;
  const ranked = [...candidates].sort(
    (a, b) => a.distanceM - b.distanceM || a.driverId.localeCompare(b.driverId),
  );
  const pick = ranked.find((candidate) => exclusion(candidate, policy) === null);
  const considered = ranked.map((candidate): Considered => {
    const verdict = candidate === pick ? 'chosen' : exclusion(candidate, policy);
    return { ...candidate, verdict: verdict ?? 'further_away' };
  });
  if (pick) {
    return {
      kind: 'offer',
      driverId: pick.driverId,
      distanceM: pick.distanceM,
      expiresAt: new Date(now.getTime() + policy.offerSeconds * 1_000),
      considered,
    };
  }
  if (emptyRounds + 1 >= policy.maxEmptyRounds) return { kind: 'give_up', considered };
  const waitMs = backoffSeconds(policy, emptyRounds, input.random) * 1_000;
  return { kind: 'wait', until: new Date(now.getTime() + waitMs), considered };
}
