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

/** What policy *broadcast* knows besides. */
export const BroadcastPolicySchema = DispatchPolicySchema.extend({
  /** Drivers asked at once about one delivery; the first yes wins. */
  parallelOffers: z.number().int().min(1).default(4),
  /** Questions that a driver may have open at once: who has several refuses nearly all. */
  parallelOffersPerDriver: z.number().int().min(1).default(1),
});

/**
 * What policy *batch* knows besides. Times in seconds, distances in metres; what is weighed is weighed in
 * seconds at the door.
 */
export const BatchPolicySchema = DispatchPolicySchema.extend({
  /** Time between two rounds: what comes in meanwhile is planned together. */
  windowSeconds: z.number().positive().default(5),
  /** Drivers who are free this soon are planned with. */
  lookAheadSeconds: z.number().min(0).default(2_400),
  /** Offers go out this long before the driver has to leave. */
  leadSeconds: z.number().min(0).default(30),
  /** Drivers asked at once about one delivery. */
  parallelOffers: z.number().int().min(1).default(1),
  /** Offers that a driver may have open at once. */
  parallelOffersPerDriver: z.number().int().min(1).default(1),
  /** Who carries more is left out until they have handed over. */
  carriesAtMost: z.number().int().min(1).default(3),
  bundleSize: z.number().int().min(1).max(6).default(3),
  /** Pickups this far apart, seconds of travel, may share a trip; 0: only one pickup. */
  nearPickupSeconds: z.number().min(0).default(90),
  /** Above this age at the door each further minute weighs more than the last … */
  targetSeconds: z.number().positive().default(2_400),
  overTarget: z.number().min(0).default(0.1),
  /** … and what can't be there younger than this is in the deadline lane: its weight doubles this often. */
  laneSeconds: z.number().positive().default(4_500),
  laneDoublesSeconds: z.number().positive().default(300),
  /** What can't be at the door at this age is left to a person; null: is brought all the same. */
  latestDoorSeconds: z.number().positive().nullable().default(null),
  /** How much the orders to come count when a driver is taken away from where they are expected. */
  coverage: z.number().min(0).default(0.01),
  /** Soft fairness, per second of the last half hour that a driver was not idle. */
  fairness: z.number().min(0).default(0.01),
  /** What a driver who refuses everything costs more than one who never does. */
  refusal: z.number().min(0).default(120),
  /** How hard late plans are reshuffled, and the trips that a round may try out at most. */
  triesPerLate: z.number().int().min(0).default(6),
  maxTripsTried: z.number().int().min(0).default(40_000),
});
export type BatchPolicy = z.infer<typeof BatchPolicySchema>;

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
