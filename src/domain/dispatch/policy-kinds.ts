/** Apart from the policies themselves: browsers load no schemas. */
export const POLICY_KINDS = ['nearest', 'broadcast', 'batch'] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

/** What can be wrong with a policy. */
export const PROBLEMS = [
  'not_a_policy',
  'no_such_policy',
  'no_such_knob',
  'not_a_number',
  'not_whole',
  'not_positive',
  'too_small',
  'too_big',
  'too_few_steps',
  'too_many_steps',
  'steps_do_not_grow',
  'below_first_wait',
  'below_target',
] as const;
export type Problem = (typeof PROBLEMS)[number];

/** What is wrong with a document. */
export type PolicyProblem = {
  /** The knob, as the document spells it. */
  field: string;
  problem: Problem;
  /** What it may be at the least or at the most, in the knob's unit. */
  limit: number | null;
};
