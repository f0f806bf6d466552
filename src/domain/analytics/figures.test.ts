import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptanceShare,
  addFigures,
  COUNTS,
  changeOf,
  type Figures,
  keptShare,
  MEASURES,
  NO_FIGURES,
  recordOf,
  utilisation,
} from './figures';
import { sketchOf } from './sketch';

const count = fc.nat(1_000);
const some: fc.Arbitrary<Figures> = fc
  .tuple(
    fc.array(count, { minLength: COUNTS.length, maxLength: COUNTS.length }),
    fc.dictionary(fc.constantFrom('EUR', 'USD'), count),
    fc.array(fc.double({ min: 1, max: 10_000, noNaN: true }), { maxLength: 20 }),
    fc.dictionary(fc.constantFrom('offer.declined.too_far', 'order.expired.other'), count),
  )
  .map(([counts, revenue, durations, reasons]) => ({
    ...recordOf(COUNTS, (each) => counts[COUNTS.indexOf(each)] ?? 0),
    revenue: { ...revenue },
    sketches: recordOf(MEASURES, () => sketchOf(durations)),
    reasons: { ...reasons },
  }));

describe('figures', () => {
  it('add up however they are grouped, and nothing changes nothing', () => {
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const all = addFigures([a, b, c]);
        expect(addFigures([addFigures([a, b]), c])).toEqual(all);
        expect(addFigures([c, a, NO_FIGURES, b])).toEqual(all);
        expect(all.orders).toBe(a.orders + b.orders + c.orders);
      }),
    );
  });

  it.each([
    ['nothing delivered', keptShare, {}, null],
    ['three of four in time', keptShare, { delivered: 4, kept: 3 }, 0.75],
    ['nobody asked', acceptanceShare, {}, null],
    [
      'a yes, a no, a silence',
      acceptanceShare,
      { offersAccepted: 1, offersDeclined: 1, offersExpired: 1 },
      1 / 3,
    ],
    ['nobody on duty', utilisation, { busySeconds: 0 }, null],
    ['half of the time', utilisation, { dutySeconds: 7_200, busySeconds: 3_600 }, 0.5],
  ])('%s', (_, share, counts, expected) => {
    expect(share({ ...NO_FIGURES, ...counts })).toBe(expected);
  });

  it.each([
    [60, 40, 0.5],
    [30, 60, -0.5],
    [0, 10, -1],
    [10, 0, null],
    [null, 10, null],
    [10, null, null],
  ])('%s after %s is a change of %s', (now, before, change) => {
    expect(changeOf(now, before)).toBe(change);
  });
});
