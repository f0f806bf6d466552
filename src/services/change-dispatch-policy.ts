import { z } from 'zod';
import { policyVersionOf, readPolicies, writePolicy } from '@/db/queries/policies';
import type { PolicyKind, PolicyProblem, Problem } from '@/domain/dispatch/policy-kinds';
import {
  checkPolicy,
  defaultPolicy,
  policyOf,
  type ZoneDispatch,
  type ZonePolicy,
} from '@/domain/dispatch/zone-policy';
import { conflict, invalid, notFound } from '@/domain/errors';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

export const ChangeDispatchPolicyInput = IdempotencyKey.extend({
  zoneId: z.uuid(),
  /** The version on the admin's screen: two of them can't overwrite each other. */
  expectedVersion: z.number().int().min(1),
  /** The whole document; a knob that is left out takes its default. */
  policy: z.record(z.string(), z.unknown()),
});

/** Every zone and how it is dispatched, with the policies as they come. */
export async function listDispatchPolicies(
  ctx: ServiceContext,
): Promise<{ zones: ZoneDispatch[]; defaults: Record<PolicyKind, ZonePolicy> }> {
  requireRole(ctx, 'admin');
  const zones = (await readPolicies(ctx.db)).map(({ document, ...zone }) => ({
    ...zone,
    policy: policyOf(document),
    problem: checkPolicy(document).problem,
  }));
  const [nearest, broadcast, batch] = [
    defaultPolicy('nearest'),
    defaultPolicy('broadcast'),
    defaultPolicy('batch'),
  ];
  return { zones, defaults: { nearest, broadcast, batch } };
}

const SENTENCES: Readonly<Record<Problem, (limit: number | null) => string>> = {
  not_a_policy: () => 'is no policy',
  no_such_policy: () => 'is none of nearest, broadcast and batch',
  no_such_knob: () => 'is no knob of this policy',
  not_a_number: () => 'has to be a number',
  not_whole: () => 'has to be a whole number',
  not_positive: () => 'has to be more than 0',
  too_small: (limit) => `has to be at least ${limit}`,
  too_big: (limit) => `may be ${limit} at the most`,
  too_few_steps: () => 'needs at least one step',
  too_many_steps: (limit) => `may have ${limit} steps at the most`,
  steps_do_not_grow: () => 'has to reach further with each step',
  below_first_wait: (limit) => `has to be at least the first wait, ${limit}`,
  below_target: (limit) => `has to be at least the target at the door, ${limit}`,
};

const nonsense = ({ field, problem, limit }: PolicyProblem) =>
  invalid({
    reason: 'policy_invalid',
    message: `“${field}” ${SENTENCES[problem](limit)}.`,
    hint: 'Correct it and save again; nothing was changed.',
    data: { field, problem, limit },
  });

/** The policy that a document is, or a refusal that names the field. */
export function soundPolicy(document: unknown): ZonePolicy {
  const { policy, problem } = checkPolicy(document);
  if (!policy) throw nonsense(problem);
  return policy;
}

/** Dispatches a zone by another policy from the next round on. */
export async function changeDispatchPolicy(
  ctx: ServiceContext,
  input: z.infer<typeof ChangeDispatchPolicyInput>,
): Promise<{ zoneId: string; version: number; policy: ZonePolicy }> {
  requireRole(ctx, 'admin');
  const policy = soundPolicy(input.policy);
  const { zoneId, expectedVersion } = input;
  return runCommand(ctx, { name: 'change-dispatch-policy', request: input }, async (tx) => {
    const version = await writePolicy(tx, zoneId, expectedVersion, policy);
    if (version !== null) return { zoneId, version, policy };
    const current = await policyVersionOf(tx, zoneId);
    if (current === null) throw notFound('zone');
    throw conflict({
      reason: 'policy_changed',
      message: 'Somebody else has changed how this zone is dispatched.',
      hint: 'Look at it as it is now and decide again.',
      data: { version: current },
    });
  });
}
