import { z } from 'zod';
import { StallPolicySchema } from '@/domain/stall';
import { BatchPolicySchema, BroadcastPolicySchema, DispatchPolicySchema } from './policy';
import { type PolicyKind, type PolicyProblem, PROBLEMS, type Problem } from './policy-kinds';

const watch = StallPolicySchema.shape;
/** Strict: a knob that is spelt wrong would otherwise do nothing, silently. */
const Documents = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nearest'), ...DispatchPolicySchema.shape, ...watch }),
  z.strictObject({ kind: z.literal('broadcast'), ...BroadcastPolicySchema.shape, ...watch }),
  z.strictObject({ kind: z.literal('batch'), ...BatchPolicySchema.shape, ...watch }),
]);

/** The most that each knob makes sense with, in its unit. */
export const KNOB_LIMITS: Readonly<Record<string, number>> = {
  ...{ radiusStepsM: 100_000, maxEmptyRounds: 100, positionFreshSeconds: 3_600, candidates: 100 },
  ...{ backoffBaseSeconds: 600, backoffMaxSeconds: 3_600, windowSeconds: 300 },
  ...{ lookAheadSeconds: 7_200, leadSeconds: 7_200, parallelOffers: 20 },
  ...{ parallelOffersPerDriver: 10, carriesAtMost: 10, nearPickupSeconds: 1_800 },
  ...{ targetSeconds: 14_400, overTarget: 10, laneSeconds: 28_800, laneDoublesSeconds: 7_200 },
  ...{ latestDoorSeconds: 86_400, coverage: 10, fairness: 10, refusal: 7_200 },
  ...{ triesPerLate: 100, maxTripsTried: 1_000_000 },
};
const MOST_STEPS = 10;

type Refuse = (knob: string, problem: Problem, limit?: number) => void;

function checkLimits(policy: Record<string, unknown>, refuse: Refuse): void {
  for (const [knob, value] of Object.entries(policy)) {
    const limit = KNOB_LIMITS[knob];
    const figures = Array.isArray(value) ? value : [value];
    if (limit !== undefined && figures.some((each) => typeof each === 'number' && each > limit)) {
      refuse(knob, 'too_big', limit);
    }
  }
}

/** What a zone's policy says, whole: every knob has a value. */
const ZonePolicySchema = Documents.superRefine((policy, ctx) => {
  const refuse: Refuse = (knob, problem, limit) =>
    ctx.addIssue({ code: 'custom', path: [knob], params: { problem, limit } });
  checkLimits(policy, refuse);
  const { radiusStepsM: steps } = policy;
  if (steps.length > MOST_STEPS) refuse('radiusStepsM', 'too_many_steps', MOST_STEPS);
  if (steps.some((step, n) => step <= (steps[n - 1] ?? 0))) {
    refuse('radiusStepsM', 'steps_do_not_grow');
  }
  if (policy.backoffMaxSeconds < policy.backoffBaseSeconds) {
    refuse('backoffMaxSeconds', 'below_first_wait', policy.backoffBaseSeconds);
  }
  if (policy.kind === 'batch' && policy.laneSeconds < policy.targetSeconds) {
    refuse('laneSeconds', 'below_target', policy.targetSeconds);
  }
});
export type ZonePolicy = z.infer<typeof ZonePolicySchema>;

export const DEFAULT_KIND: PolicyKind = 'nearest';

/** A policy with every knob as it comes. */
export const defaultPolicy = (kind: PolicyKind): ZonePolicy => ZonePolicySchema.parse({ kind });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function problemOf(issue: z.core.$ZodIssue): PolicyProblem {
  const field = issue.path.length > 0 ? String(issue.path[0]) : 'kind';
  const named = (problem: Problem, limit?: unknown): PolicyProblem => ({
    ...{ field, problem },
    limit: typeof limit === 'number' ? limit : null,
  });
  switch (issue.code) {
    case 'unrecognized_keys':
      return { field: issue.keys[0] ?? field, problem: 'no_such_knob', limit: null };
    case 'invalid_union':
    case 'invalid_value':
      return named('no_such_policy');
    case 'too_small':
      if (issue.origin === 'array') return named('too_few_steps');
      return issue.inclusive ? named('too_small', issue.minimum) : named('not_positive');
    case 'too_big':
      return named('too_big', issue.maximum);
    case 'invalid_type':
      if (issue.path.length === 0) return named('not_a_policy');
      return named(issue.expected === 'int' ? 'not_whole' : 'not_a_number');
    case 'custom': {
      const said = PROBLEMS.find((each) => each === issue.params?.problem);
      return named(said ?? 'not_a_policy', issue.params?.limit);
    }
    default:
      return named('not_a_policy');
  }
}

/** A policy as it was written, or what is wrong with it, naming the field. */
export function checkPolicy(
  document: unknown,
): { policy: ZonePolicy; problem: null } | { policy: null; problem: PolicyProblem } {
  const said = isRecord(document) ? { kind: DEFAULT_KIND, ...document } : document;
  const result = ZonePolicySchema.safeParse(said);
  if (result.success) return { policy: result.data, problem: null };
  const [issue] = result.error.issues;
  return {
    policy: null,
    problem: issue ? problemOf(issue) : { field: 'kind', problem: 'not_a_policy', limit: null },
  };
}

/** The policy that a zone is dispatched by. One typed in by hand that makes no sense stops no zone. */
export const policyOf = (document: unknown): ZonePolicy =>
  checkPolicy(document).policy ?? defaultPolicy(DEFAULT_KIND);

/** Questions that a driver of such a zone may have open at once. */
export const questionsAtOnce = (policy: ZonePolicy): number =>
  policy.kind === 'nearest' ? 1 : policy.parallelOffersPerDriver;

/** A zone and how it is dispatched, for the page of it. */
export type ZoneDispatch = {
  zoneId: string;
  zoneName: string;
  policy: ZonePolicy;
  version: number;
  /** What is wrong with the policy as it is stored; the zone goes by the default then. */
  problem: PolicyProblem | null;
  changedBy: string | null;
  changedAt: string | null;
  driversOnline: number;
  searching: number;
};
