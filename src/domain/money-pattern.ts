import { exponentOf, formatMoney } from './money';

/** How a language writes sums of one currency, where that can be said without a formatter. */
export type MoneyPattern = {
  currency: string;
  exponent: number;
  /** What stands before and after the digits of sums from nought up, and of those below. */
  above: readonly [before: string, after: string];
  below: readonly [before: string, after: string];
  /** Between thousands. */
  group: string;
  decimal: string;
};

/** `amount` in minor units by a pattern; null for what is no whole number of them. */
export function patternedMoney(amount: number, pattern: MoneyPattern): string | null {
  if (!Number.isSafeInteger(amount) || Object.is(amount, -0)) return null;
  const { exponent, above, below, group, decimal } = pattern;
  const digits = `${Math.abs(amount)}`.padStart(exponent + 1, '0');
  const units = digits.slice(0, digits.length - exponent).replace(/\B(?=(\d{3})+$)/g, group);
  const part = exponent > 0 ? decimal + digits.slice(-exponent) : '';
  const [before, after] = amount < 0 ? below : above;
  return before + units + part + after;
}

/** Who writes these by a pattern writes every sum by it: groups of two, or none in four digits, are none. */
const SAMPLES = [0, 7, 12_345, 123_456, 1_234_567, 98_765_432_109].flatMap((one) => [
  one,
  -one - 1,
]);

/** The pattern of a currency in the language of `locale`; null where its sums follow none. */
export function moneyPattern(currency: string, locale: string): MoneyPattern | null {
  const exponent = exponentOf(currency);
  const part = exponent > 0 ? `(\\D+)${'0'.repeat(exponent)}` : '()';
  const shape = new RegExp(`^(\\D*)1(\\D*)234${part}(\\D*)$`);
  const read = (amount: number) => shape.exec(formatMoney(amount, currency, locale));
  const thousand = 1_234 * 10 ** exponent;
  const [positive, negative] = [read(thousand), read(-thousand)];
  if (!positive || !negative) return null;
  const [, before = '', group = '', decimal = '', after = ''] = positive;
  const pattern: MoneyPattern = {
    ...{ currency, exponent, group, decimal },
    above: [before, after],
    below: [negative[1] ?? '', negative[4] ?? ''],
  };
  const follows = (amount: number) =>
    patternedMoney(amount, pattern) === formatMoney(amount, currency, locale);
  return SAMPLES.every(follows) ? pattern : null;
}
