import { describe, expect, it } from 'vitest';
import { POLICY_KINDS } from '@/domain/dispatch/policy-kinds';
import { checkPolicy, defaultPolicy } from '@/domain/dispatch/zone-policy';
import dispatch from '@/messages/en/dispatch.json';
import { documentOf, groupsOf, KNOB_GROUPS, typedOf } from './knobs';

describe.each(POLICY_KINDS)('the fields of %s', (kind) => {
  const policy = defaultPolicy(kind);

  it('show every knob that the policy has', () => {
    const shown = groupsOf(policy).flatMap(({ knobs }) => knobs.map(({ knob }) => knob));
    expect(['kind', ...shown].sort()).toEqual(Object.keys(policy).sort());
  });

  it('make the same policy again', () => {
    const { policy: again } = checkPolicy(documentOf(kind, policy, typedOf(policy)));
    expect(again).toEqual(policy);
  });
});

it('every knob has its words', () => {
  const knobs = Object.values(KNOB_GROUPS).flatMap((group) => Object.keys(group));
  expect(Object.keys(dispatch.knob).sort()).toEqual(knobs.sort());
});

describe('what is typed', () => {
  const policy = defaultPolicy('batch');
  const problem = (change: Record<string, string>) =>
    checkPolicy(documentOf('batch', policy, { ...typedOf(policy), ...change })).problem;

  it.each([
    [{ offerSeconds: '' }, { field: 'offerSeconds', problem: 'not_a_number' }],
    [{ offerSeconds: 'soon' }, { field: 'offerSeconds', problem: 'not_a_number' }],
    [{ offerSeconds: '20.5' }, { field: 'offerSeconds', problem: 'not_whole' }],
    [{ offerSeconds: '2' }, { field: 'offerSeconds', problem: 'too_small', limit: 5 }],
    [{ radiusStepsM: '2000, 1000' }, { field: 'radiusStepsM', problem: 'steps_do_not_grow' }],
    [{ radiusStepsM: '' }, { field: 'radiusStepsM', problem: 'too_few_steps' }],
    [{ latestDoorSeconds: '' }, null],
    [{ coverage: '0,02' }, null],
  ])('%j', (change, wanted) => {
    if (wanted) expect(problem(change)).toMatchObject(wanted);
    else expect(problem(change)).toBeNull();
  });
});
