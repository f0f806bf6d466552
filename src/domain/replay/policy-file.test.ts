import { expect, it } from 'vitest';
import { BadPolicy, readPolicyFile } from './policy-file';

const problemOf = (document: unknown): string => {
  try {
    readPolicyFile(typeof document === 'string' ? document : JSON.stringify(document));
    return 'taken';
  } catch (error) {
    if (error instanceof BadPolicy) return error.message;
    throw error;
  }
};

it('a policy file names a kind and knobs; the others have their defaults', () => {
  const policy = readPolicyFile('{"kind": "batch", "windowSeconds": 10}');
  expect(policy).toMatchObject({ kind: 'batch', windowSeconds: 10, offerSeconds: 20 });
  expect(readPolicyFile('{"kind": "nearest"}')).toMatchObject({ kind: 'nearest', candidates: 10 });
});

it.each<[unknown, RegExp]>([
  ['not json', /not JSON/],
  [[], /not a policy/],
  [{ kind: 'magic' }, /kind: no such policy/],
  [{ kind: 'nearest', offerSeconds: 'soon' }, /offerSeconds: not a number/],
  [{ kind: 'nearest', offerSeconds: 1 }, /offerSeconds: too small \(5\)/],
  [{ kind: 'nearest', radiusStepsM: [2_000, -1] }, /radiusStepsM: not positive/],
  [{ kind: 'nearest', radiusStepsM: [4_000, 2_000] }, /radiusStepsM: steps do not grow/],
  [{ kind: 'nearest', windowSeconds: 5 }, /windowSeconds: no such knob/],
  [{ kind: 'batch', bundelSize: 3 }, /bundelSize: no such knob/],
])('nonsense is told by its field: %j', (document, expected) => {
  expect(problemOf(document)).toMatch(expected);
});
