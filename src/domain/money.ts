/** Minor units per major unit exponent by ISO 4217; two where the table is silent. */
const EXPONENTS: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, BHD: 3, KWD: 3, TND: 3 };

/** Digits after the decimal sign. */
export const exponentOf = (currency: string): number => EXPONENTS[currency] ?? 2;

const formats = new Map<string, Intl.NumberFormat>();

function currencyFormat(currency: string, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  let found = formats.get(key);
  if (!found) {
    const exponent = exponentOf(currency);
    found = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: exponent,
      maximumFractionDigits: exponent,
    });
    formats.set(key, found);
  }
  return found;
}

/** `amount` in minor units as people write it in `locale`, e.g. 1250 EUR → €12.50. */
export function formatMoney(amount: number, currency: string, locale = 'en'): string {
  return currencyFormat(currency, locale).format(amount / 10 ** exponentOf(currency));
}

/** What somebody typed as an amount, in minor units: "3", "3.5" or "3,50" EUR; null if it is none. */
export function minorUnits(typed: string, currency: string): number | null {
  const exponent = exponentOf(currency);
  const found = /^(\d{1,7})(?:[.,](\d{1,3}))?$/.exec(typed.trim());
  const [, whole = '', part = ''] = found ?? [];
  if (!found || part.length > exponent) return null;
  return Number(whole + part.padEnd(exponent, '0'));
}

/** `amount` in minor units as somebody would type it, e.g. 350 EUR as "3.50": `minorUnits` reads it. */
export const typedAmount = (amount: number, currency: string): string => {
  const exponent = exponentOf(currency);
  return (amount / 10 ** exponent).toFixed(exponent);
};
