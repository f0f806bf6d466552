import { expect, it } from 'vitest';
import { BadPolicy, readPolicyFile, zoneReplayPolicy } from './policy-file';

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
  [[], /kind/],
  [{}, /kind/],
  [{ kind: 'magic' }, /kind/],
  [{ kind: 'nearest', offerSeconds: 'soon' }, /offerSeconds: /],
  [{ kind: 'nearest', offerSeconds: 1 }, /offerSeconds: /],
  [{ kind: 'nearest', radiusStepsM: [2_000, -1] }, /radiusStepsM\.1: /],
  [{ kind: 'nearest', windowSeconds: 5 }, /windowSeconds: there is no such knob/],
  [{ kind: 'batch', bundelSize: 3 }, /bundelSize: there is no such knob/],
])('nonsense is told by its field: %j', (document, expected) => {
  expect(problemOf(document)).toMatch(expected);
});

it('a zone without a policy of its own has the default one', () => {
  expect(zoneReplayPolicy({})).toMatchObject({ kind: 'nearest', offerSeconds: 20 });
  expect(zoneReplayPolicy({ kind: 'batch', bundleSize: 2 })).toMatchObject({ bundleSize: 2 });
});
