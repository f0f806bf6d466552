/**
 * The languages. `tag` is what formatters take: digits are Latin everywhere, because times, prices
 * and PINs are typed and compared across languages.
 */
export const LOCALES = {
  en: { tag: 'en', clockTag: 'en-GB', dir: 'ltr', name: 'English' },
  ar: { tag: 'ar-u-nu-latn', clockTag: 'ar-u-nu-latn', dir: 'rtl', name: 'العربية' },
} as const;

export type Locale = keyof typeof LOCALES;
export type LocaleTag = (typeof LOCALES)[Locale]['tag'];

export const DEFAULT_LOCALE: Locale = 'en';
export const LOCALE_COOKIE = 'hotfoot_locale';

export const LOCALE_CODES = Object.keys(LOCALES).filter((code) => code in LOCALES) as Locale[];

const asLocale = (code: string | undefined): Locale | undefined =>
  LOCALE_CODES.find((each) => each === code);

export const isLocale = (code: unknown): code is Locale =>
  typeof code === 'string' && asLocale(code) !== undefined;

/** The locale of a formatter's tag. */
export const localeOf = (tag: string): Locale =>
  LOCALE_CODES.find((code) => LOCALES[code].tag === tag) ?? DEFAULT_LOCALE;

/** The first language of an `Accept-Language` header that we speak, by its weights (RFC 9110 12.5.4). */
function fromAcceptLanguage(header: string): Locale | undefined {
  return header
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find(Boolean);
      return { code: range.split('-')[0], weight: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ code }) => asLocale(code))
    .find((locale) => locale !== undefined);
}

/** What the cookie says, else the browser, else English. */
export const chooseLocale = (
  cookie: string | undefined,
  acceptLanguage: string | null | undefined,
): Locale => asLocale(cookie) ?? fromAcceptLanguage(acceptLanguage ?? '') ?? DEFAULT_LOCALE;
