import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimalSign, signedTenths } from './tenths';

it.each([
  ['en', '.'],
  ['ar-u-nu-latn', '.'],
  ['de', ','],
])('in %s tenths come out with “%s” as by the formatter', (locale, sign) => {
  expect(decimalSign(locale)).toBe(sign);
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const formatter = new Intl.NumberFormat(locale, digits);
  const near = fc.integer({ min: 0, max: 999_999 }).map((thousandths) => thousandths / 1_000);
  const halves = fc.integer({ min: 0, max: 20_000 }).map((twentieths) => twentieths / 20);
  const any = fc.double({ min: -10, max: 10_000, noNaN: true });
  fc.assert(
    fc.property(fc.oneof(near, halves, any), (value) => {
      const written = signedTenths(value, sign);
      if (written !== null) expect(written).toBe(formatter.format(value));
    }),
    { examples: [[830.15], [4.25], [0.05], [998.95], [0]], numRuns: 1_000 },
  );
  expect(signedTenths(830.15, sign)).toBe(`830${sign}2`);
});

it('is not known where digits are others, nor of what is below nought or large', () => {
  expect(decimalSign('ar-EG')).toBeNull();
  expect([-1, -0, 999, Number.NaN].map((value) => signedTenths(value, '.'))).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
