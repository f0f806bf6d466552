import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLICY_KINDS } from './policy-kinds';
import { checkPolicy, defaultPolicy, policyOf, questionsAtOnce } from './zone-policy';

describe('a policy document', () => {
  it.each(POLICY_KINDS)('%s has a sound default for every knob', (kind) => {
    expect(checkPolicy({ kind }).policy).toEqual(defaultPolicy(kind));
  });

  it('without a kind is nearest, as zones were before there were kinds', () => {
    expect(policyOf({ offerSeconds: 33 })).toMatchObject({ kind: 'nearest', offerSeconds: 33 });
  });

  it.each<[unknown, string, string]>([
    [{ kind: 'fastest' }, 'kind', 'no_such_policy'],
    [{ kind: 'nearest', offerSeconds: 2 }, 'offerSeconds', 'too_small'],
    [{ kind: 'nearest', offerSeconds: 9_999 }, 'offerSeconds', 'too_big'],
    [{ kind: 'nearest', offerSeconds: '20' }, 'offerSeconds', 'not_a_number'],
    [{ kind: 'nearest', offerSeconds: 20.5 }, 'offerSeconds', 'not_whole'],
    [{ kind: 'nearest', parallelOffers: 3 }, 'parallelOffers', 'no_such_knob'],
    [{ kind: 'broadcast', parallelOffers: 0 }, 'parallelOffers', 'too_small'],
    [{ kind: 'broadcast', parallelOffers: 500 }, 'parallelOffers', 'too_big'],
    [{ kind: 'batch', radiusStepsM: [] }, 'radiusStepsM', 'too_few_steps'],
    [{ kind: 'batch', radiusStepsM: [3_000, 2_000] }, 'radiusStepsM', 'steps_do_not_grow'],
    [{ kind: 'batch', radiusStepsM: [2_000, 9e9] }, 'radiusStepsM', 'too_big'],
    [{ kind: 'batch', backoffBaseSeconds: 90 }, 'backoffMaxSeconds', 'below_first_wait'],
    [{ kind: 'batch', laneSeconds: 60 }, 'laneSeconds', 'below_target'],
    [{ kind: 'batch', stalledSeconds: 1 }, 'stalledSeconds', 'too_small'],
    [{ kind: 'batch', windowSeconds: -3 }, 'windowSeconds', 'not_positive'],
    [{ kind: 'batch', bundel: 3 }, 'bundel', 'no_such_knob'],
    ['nearest', 'kind', 'not_a_policy'],
    [null, 'kind', 'not_a_policy'],
    [[], 'kind', 'not_a_policy'],
  ])('%j is refused and names %s', (document, field, problem) => {
    expect(checkPolicy(document).problem).toMatchObject({ field, problem });
  });

  it('whatever it is, it is understood or named, and never stops a zone', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...POLICY_KINDS), (rubbish, kind) => {
        for (const document of [rubbish, { kind, offerSeconds: rubbish }]) {
          const { policy, problem } = checkPolicy(document);
          expect((policy === null) !== (problem === null)).toBe(true);
          expect(policyOf(document).radiusStepsM.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('nearest asks a driver one thing at a time, whatever else', () => {
    expect(questionsAtOnce(defaultPolicy('nearest'))).toBe(1);
    expect(questionsAtOnce(policyOf({ kind: 'broadcast', parallelOffersPerDriver: 2 }))).toBe(2);
  });
});
