import { z } from 'zod';

/** How deliveries of a zone are dispatched. Distances in metres, times in seconds. */
export const DispatchPolicySchema = z.object({
  offerSeconds: z.number().int().min(5).max(300).default(20),
  /** Search radius of the first round, the second, … ; the last one is kept. */
  radiusStepsM: z.array(z.number().positive()).min(1).default([2_000, 4_000, 8_000]),
  /** Rounds that found nobody before the delivery becomes `no_driver`. */
  maxEmptyRounds: z.number().int().min(1).default(6),
  backoffBaseSeconds: z.number().positive().default(4),
  backoffMaxSeconds: z.number().positive().default(60),
  /** Drivers whose last fix is older are left out. */
  positionFreshSeconds: z.number().positive().default(60),
  /** How many of the nearest are looked at in one round. */
  candidates: z.number().int().min(1).max(100).default(10),
});
export type DispatchPolicy = z.infer<typeof DispatchPolicySchema>;

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

/** How far round `emptyRounds` looks, metres. */
export function radiusFor(policy: DispatchPolicy, emptyRounds: number): number {
  const steps = policy.radiusStepsM;
  return steps[Math.min(emptyRounds, steps.length - 1)] ?? 0;
}

/** Exponential back-off with jitter over its upper half, seconds. */
export function backoffSeconds(
  policy: DispatchPolicy,
  emptyRounds: number,
  random: number,
): number {
  const full = Math.min(policy.backoffMaxSeconds, policy.backoffBaseSeconds * 2 ** emptyRounds);
  return full * (0.5 + random / 2);
}

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
