import { describe, expect, it } from 'vitest';
import { chooseLocale, localeOf } from './locales';

describe('the language of a request', () => {
  it.each([
    ['ar', 'en', 'ar'],
    ['en', 'ar', 'en'],
    [undefined, 'ar-EG,ar;q=0.9,en;q=0.8', 'ar'],
    [undefined, 'fr, en;q=0.4, ar;q=0.7', 'ar'],
    [undefined, 'en-GB', 'en'],
    [undefined, 'ar;q=0, en;q=0.1', 'en'],
    [undefined, 'fr-FR', 'en'],
    [undefined, ';;q=,,*', 'en'],
    [undefined, undefined, 'en'],
    ['xx', 'ar', 'ar'],
    ['__proto__', '', 'en'],
  ])('cookie %s, Accept-Language %s: %s', (cookie, header, locale) => {
    expect(chooseLocale(cookie, header)).toBe(locale);
  });

  it('is known by the tag of its formatters', () => {
    expect(localeOf('ar-u-nu-latn')).toBe('ar');
    expect(localeOf('en')).toBe('en');
  });
});
