import { checkPolicy, type ZonePolicy } from '@/domain/dispatch/zone-policy';

/** A policy file that is none; the sentence names the field. */
export class BadPolicy extends Error {
  override readonly name = 'BadPolicy';
}

/** `{"kind": "nearest" | "broadcast" | "batch", …knobs}`; knobs that are not named have their defaults. */
export function readPolicyFile(text: string): ZonePolicy {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new BadPolicy('the policy file is not JSON');
  }
  const { policy, problem } = checkPolicy(document);
  if (policy) return policy;
  const limit = problem.limit === null ? '' : ` (${problem.limit})`;
  throw new BadPolicy(`${problem.field}: ${problem.problem.replaceAll('_', ' ')}${limit}`);
}
