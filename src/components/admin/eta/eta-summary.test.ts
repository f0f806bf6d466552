import { expect, it } from 'vitest';
import type { StageAccuracy } from '@/domain/eta-accuracy';
import { overall } from './eta-summary';

const row = (change: Partial<StageAccuracy>): StageAccuracy => ({
  stage: 'kitchen',
  shown: 100,
  covered: 0.8,
  early: 0.1,
  late: 0.1,
  meanError: 4,
  bias: 1,
  width: 9,
  calibration: null,
  ...change,
});

it('stages are weighed by how often their windows were shown', () => {
  const all = overall([
    row({ shown: 300, covered: 0.9, early: 0.1, late: 0 }),
    row({ stage: 'to_dropoff', shown: 100, covered: 0.5, early: 0.1, late: 0.4 }),
  ]);
  expect(all?.shown).toBe(400);
  expect(all?.covered).toBeCloseTo(0.8);
  expect(all?.early).toBeCloseTo(0.1);
  expect(all?.late).toBeCloseTo(0.1);
});

it('without an arrival there is nothing to say', () => {
  expect(overall([])).toBeNull();
});
