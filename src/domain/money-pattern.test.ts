import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney } from './money';
import { moneyPattern, patternedMoney } from './money-pattern';

const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'AED', 'EGP', 'JPY', 'KRW', 'KWD', 'TND'];
const amounts = fc.oneof(fc.integer(), fc.maxSafeInteger().filter(Number.isSafeInteger));

describe.each(['en', 'ar-u-nu-latn', 'de-CH', 'fr', 'sv'])('sums in %s', (locale) => {
  it('come out by the pattern as by the formatter', () => {
    for (const currency of CURRENCIES) {
      const pattern = moneyPattern(currency, locale);
      expect(pattern, currency).not.toBeNull();
      if (!pattern) continue;
      fc.assert(
        fc.property(amounts, (amount) => {
          // Beyond this a formatter rounds what it is given, which has been divided.
          const exact = Math.abs(amount) > 2 ** 50 ? amount % 2 ** 50 : amount;
          fc.pre(!Object.is(exact, -0));
          expect(patternedMoney(exact, pattern)).toBe(formatMoney(exact, currency, locale));
        }),
      );
    }
  });
});

it.each([
  ['hi', 'groups of two'],
  ['es', 'no group in four digits'],
  ['ar-EG', 'digits of its own'],
])('%s has no pattern: %s', (locale) => {
  expect(moneyPattern('EUR', locale)).toBeNull();
});

it('does not write what is no whole number of minor units', () => {
  const pattern = moneyPattern('EUR', 'en');
  expect(
    pattern && [12.5, Number.NaN, -0, 2 ** 60].map((one) => patternedMoney(one, pattern)),
  ).toEqual([null, null, null, null]);
});
