import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fullBucket, msUntilTokens, takeToken } from './token-bucket';

const rule = { burst: 3, perSecond: 2 };

/** How many of these moments get a token. */
function granted(moments: readonly number[]): number {
  let bucket = fullBucket(rule, moments[0] ?? 0);
  let count = 0;
  for (const at of moments) {
    const after = takeToken(bucket, rule, at);
    if (!after) continue;
    bucket = after;
    count += 1;
  }
  return count;
}

it('gives a burst, then no more than its pace', () => {
  expect(granted([0, 0, 0, 0, 0])).toBe(3);
  expect(granted([0, 0, 0, 0, 499, 500, 501, 1_000])).toBe(5);
  expect(granted([0, 0, 0, 60_000, 60_000, 60_000, 60_000])).toBe(6);
});

it('never gives more than burst and pace allow, whatever the moments', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20_000), { minLength: 1 }), (moments) => {
      const inTime = moments.sort((a, b) => a - b);
      const seconds = ((inTime.at(-1) ?? 0) - (inTime[0] ?? 0)) / 1_000;
      expect(granted(inTime)).toBeLessThanOrEqual(rule.burst + seconds * rule.perSecond + 1e-6);
    }),
  );
});

it('gives several at once, or says when it can', () => {
  const full = fullBucket(rule, 0);
  const left = takeToken(full, rule, 0, 2);
  expect(left?.tokens).toBe(1);
  expect(left && takeToken(left, rule, 0, 2)).toBeNull();
  expect(left && msUntilTokens(left, rule, 0, 2)).toBe(500);
  expect(left && takeToken(left, rule, 500, 2)?.tokens).toBe(0);
  expect(msUntilTokens(full, rule, 0, 3)).toBe(0);
});
