import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Refusal } from './errors';
import { checkStepTime, OLDEST_STEP_H } from './step-time';

const now = new Date('2026-11-20T12:00:00Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

function outcomeOf(takenS: number, previousS: number | null): string {
  try {
    const taken = checkStepTime(at(takenS), previousS === null ? null : at(previousS), now);
    return `${(taken.getTime() - now.getTime()) / 1_000}`;
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

it.each<[number, number | null, string]>([
  [-600, -900, '-600'],
  [-600, null, '-600'],
  [0, -900, '0'],
  [30, -900, '0'],
  [61, -900, 'step_from_future'],
  [-930, -900, '-900'],
  [-961, -900, 'step_before_previous'],
  [-OLDEST_STEP_H * 3_600, null, `${-OLDEST_STEP_H * 3_600}`],
  [-OLDEST_STEP_H * 3_600 - 1, null, 'step_too_old'],
])('taken at %d s after a step at %d s: %s', (taken, previous, outcome) => {
  expect(outcomeOf(taken, previous)).toBe(outcome);
});

it('whatever is taken lies between the step before and now', () => {
  const seconds = fc.integer({ min: -30_000, max: 600 });
  fc.assert(
    fc.property(seconds, fc.integer({ min: -30_000, max: 0 }), (taken, previous) => {
      const outcome = Number(outcomeOf(taken, previous));
      if (Number.isNaN(outcome)) return;
      expect(outcome).toBeGreaterThanOrEqual(previous);
      expect(outcome).toBeLessThanOrEqual(0);
    }),
  );
});
