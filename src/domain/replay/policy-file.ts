import { z } from 'zod';
import { BatchPolicySchema, DispatchPolicySchema } from '@/domain/dispatch/policy';

/** Strict: a knob that is spelt wrong would otherwise do nothing, silently. */
const ReplayPolicySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nearest'), ...DispatchPolicySchema.shape }),
  z.strictObject({ kind: z.literal('batch'), ...BatchPolicySchema.shape }),
]);
export type ReplayPolicy = z.infer<typeof ReplayPolicySchema>;

/** A policy file that is none; the sentence names the field. */
export class BadPolicy extends Error {
  override readonly name = 'BadPolicy';
}

/** `{"kind": "nearest" | "batch", …knobs}`; knobs that are not named have their defaults. */
export function readPolicyFile(text: string): ReplayPolicy {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new BadPolicy('the policy file is not JSON');
  }
  const result = ReplayPolicySchema.safeParse(document);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys')
      return `${issue.keys.join(', ')}: there is no such knob`;
    const field = issue.path.join('.') || 'kind';
    return `${field}: ${issue.message}`;
  });
  throw new BadPolicy(problems.join('; '));
}

/** The policy that a zone was dispatched by, as far as it can be run again. */
export function zoneReplayPolicy(document: unknown): ReplayPolicy {
  const kind = z.object({ kind: z.literal('batch') }).safeParse(document);
  if (!kind.success) return { kind: 'nearest', ...DispatchPolicySchema.parse(document ?? {}) };
  return { kind: 'batch', ...BatchPolicySchema.parse(document) };
}
