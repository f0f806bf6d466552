/**
 * Durations as counts in buckets whose bounds grow by a constant factor: sketches of parts add up to the
 * sketch of the whole, counts are exact, and a percentile is off by less than 2 % (see `RELATIVE_ERROR`).
 * The idea is that of DDSketch (Masson, Rim, Lee, VLDB 2019), with fixed bounds instead of collapsing.
 */

const GROWTH = 1.04;
/** Each bucket is `GROWTH` times as wide as the one before; bucket 0 holds all up to a second. */
export const LOG_GROWTH = Math.log(GROWTH);
/** 20 million seconds and more: no order takes half a year. */
export const LAST_BUCKET = 428;
/** A percentile is the geometric middle of its bucket: so far from the true value at the most. */
export const RELATIVE_ERROR = Math.sqrt(GROWTH) - 1;

/** How many durations lie in each bucket. */
export type Sketch = Readonly<Record<number, number>>;

export const EMPTY_SKETCH: Sketch = {};

export const bucketOf = (seconds: number): number =>
  Math.min(LAST_BUCKET, Math.floor(Math.log(Math.max(1, seconds)) / LOG_GROWTH));

const middleOf = (bucket: number): number => GROWTH ** (bucket + 0.5);

export function sketchOf(durations: readonly number[]): Sketch {
  const counts: Record<number, number> = {};
  for (const seconds of durations) {
    const bucket = bucketOf(seconds);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}

/** A sketch is stored as a number with so many digits for each bucket, the lowest last: sums merge. */
export const DIGITS = 8;

/** Reads a sketch as `written_sketch` writes it: how many digits, and those before the zeros at the end. */
export function readSketch(written: string): Sketch {
  const [length = '0', digits = ''] = written.split(' ');
  const buckets = Math.ceil(Number(length) / DIGITS);
  const padded = digits.padStart(digits.length + buckets * DIGITS - Number(length), '0');
  const counts: Record<number, number> = {};
  for (let at = 0; at < padded.length; at += DIGITS) {
    const count = Number(padded.slice(at, at + DIGITS).padEnd(DIGITS, '0'));
    if (count > 0) counts[buckets - 1 - at / DIGITS] = count;
  }
  return counts;
}

export function mergeSketches(sketches: readonly Sketch[]): Sketch {
  const merged: Record<number, number> = {};
  for (const sketch of sketches) {
    for (const [bucket, count] of Object.entries(sketch)) {
      merged[Number(bucket)] = (merged[Number(bucket)] ?? 0) + count;
    }
  }
  return merged;
}

export const countIn = (sketch: Sketch): number =>
  Object.values(sketch).reduce((sum, count) => sum + count, 0);

/**
 * The duration, in seconds, that a share of all does not exceed (nearest rank); null when there is none.
 * For durations of a second and more.
 */
export function percentile(sketch: Sketch, share: number): number | null {
  const count = countIn(sketch);
  if (count === 0) return null;
  let left = Math.max(1, Math.ceil(share * count));
  // Whole-numbered keys come in ascending order.
  for (const [bucket, here] of Object.entries(sketch)) {
    left -= here;
    if (left <= 0) return middleOf(Number(bucket));
  }
  return null;
}
