/** What a language writes before tenths; null where its digits are not 0 to 9. */
export const decimalSign = (locale: string): string | null =>
  /^1(\D)5$/.exec(new Intl.NumberFormat(locale).format(1.5))?.[1] ?? null;

/** 4.6 with that sign, as a formatter rounds it; null for what is below nought or may need groups. */
export const signedTenths = (value: number, sign: string): string | null =>
  value < 999 && value >= 0 && !Object.is(value, -0) ? value.toFixed(1).replace('.', sign) : null;
