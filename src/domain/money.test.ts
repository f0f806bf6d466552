import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatMoney, minorUnits, typedAmount } from './money';

it.each<[string, string, number | null]>([
  ['3', 'EUR', 300],
  ['3.5', 'EUR', 350],
  [' 3,50 ', 'EUR', 350],
  ['0', 'EUR', 0],
  ['3.505', 'EUR', null],
  ['3.', 'EUR', null],
  ['-3', 'EUR', null],
  ['3 €', 'EUR', null],
  ['', 'EUR', null],
  ['1e3', 'EUR', null],
  ['350', 'JPY', 350],
  ['3.5', 'JPY', null],
  ['1.250', 'KWD', 1_250],
])('“%s” in %s is %s', (typed, currency, amount) => {
  expect(minorUnits(typed, currency)).toBe(amount);
});

it('what is written can be read back', () => {
  fc.assert(
    fc.property(fc.nat(9_999_999), fc.constantFrom('EUR', 'JPY', 'KWD'), (amount, currency) => {
      const written = formatMoney(amount, currency).replace(/[^\d.]/g, '');
      expect(minorUnits(written, currency)).toBe(amount);
    }),
  );
});

it.each([
  [350, 'EUR', '3.50'],
  [5, 'EUR', '0.05'],
  [1_234, 'JPY', '1234'],
  [1_234, 'KWD', '1.234'],
])('%i %s is typed as %s, and read again', (amount, currency, typed) => {
  expect(typedAmount(amount, currency)).toBe(typed);
  expect(minorUnits(typed, currency)).toBe(amount);
});
