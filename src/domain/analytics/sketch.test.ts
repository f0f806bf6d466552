import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bucketOf,
  countIn,
  EMPTY_SKETCH,
  LAST_BUCKET,
  mergeSketches,
  percentile,
  RELATIVE_ERROR,
  readSketch,
  sketchOf,
} from './sketch';

const seconds = fc.double({ min: 1, max: 1_000_000, noNaN: true });
const many = fc.array(seconds, { minLength: 1, maxLength: 200 });
const share = fc.double({ min: 0.001, max: 1, noNaN: true });

/** The value at the nearest rank of what was really measured. */
function exactly(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(at * values.length)) - 1] ?? Number.NaN;
}

describe('a sketch', () => {
  it.each([
    [0, 0],
    [-5, 0],
    [1, 0],
    [1.05, 1],
    [60, 104],
    [1_800, 191],
    [Number.POSITIVE_INFINITY, LAST_BUCKET],
  ])('puts %s s into bucket %s', (duration, bucket) => {
    expect(bucketOf(duration)).toBe(bucket);
  });

  it('says a percentile within two percent of the value at its rank', () => {
    expect(RELATIVE_ERROR).toBeLessThan(0.02);
    fc.assert(
      fc.property(many, share, (values, at) => {
        const exact = exactly(values, at);
        const said = percentile(sketchOf(values), at) ?? Number.NaN;
        expect(Math.abs(said - exact) / exact).toBeLessThanOrEqual(RELATIVE_ERROR + 1e-9);
      }),
    );
  });

  it('of the parts, however they are cut, is the sketch of the whole', () => {
    fc.assert(
      fc.property(fc.array(many, { maxLength: 6 }), (parts) => {
        expect(mergeSketches(parts.map(sketchOf))).toEqual(sketchOf(parts.flat()));
        expect(countIn(mergeSketches(parts.map(sketchOf)))).toBe(parts.flat().length);
      }),
    );
  });

  it.each([
    ['1 ', {}],
    ['1 1', { 0: 1 }],
    ['2 12', { 0: 12 }],
    ['9 1', { 1: 1 }],
    ['17 10000001200000003', { 0: 3, 1: 12, 2: 1 }],
    ['10 25', { 1: 25 }],
    ['16 1234567800000009', { 0: 9, 1: 12_345_678 }],
  ])('written as %s is read', (written, sketch) => {
    expect(readSketch(written)).toEqual(sketch);
  });

  it('is read as it was added up', () => {
    fc.assert(
      fc.property(many, (values) => {
        const sum = values.reduce((all, value) => all + 10n ** BigInt(8 * bucketOf(value)), 0n);
        const written = `${`${sum}`.length} ${`${sum}`.replace(/0+$/, '')}`;
        expect(readSketch(written)).toEqual(sketchOf(values));
      }),
    );
  });

  it('of nothing has no percentile', () => {
    expect(percentile(EMPTY_SKETCH, 0.5)).toBeNull();
    expect(percentile(mergeSketches([]), 0.9)).toBeNull();
  });
});
