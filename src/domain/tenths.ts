/** What a language writes before tenths; null where its digits are not 0 to 9. */
export const decimalSign = (locale: string): string | null =>
  /^1(\D)5$/.exec(new Intl.NumberFormat(locale).format(1.5))?.[1] ?? null;

/**
 * 4.6 with that sign; null for what is below nought or may need groups. Rounded by its decimal digits, as formatters
 * do: 830.15 is 830.2, though the nearest number that there is lies below it, and `toFixed` says 830.1.
 */
export function signedTenths(value: number, sign: string): string | null {
  const [, units = '', tenth = '0', next = '0'] =
    /^(\d{1,3})(?:\.(\d)(\d)?\d*)?$/.exec(`${value}`) ?? [];
  if (units === '' || value >= 999 || Object.is(value, -0)) return null;
  const tenths = Number(units + tenth) + (next >= '5' ? 1 : 0);
  return `${Math.floor(tenths / 10)}${sign}${tenths % 10}`;
}
