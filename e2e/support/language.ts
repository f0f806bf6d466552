import { LOCALE_COOKIE, type Locale } from '@/i18n/locales';
import { readRun } from './run';

/** What the language switch would set. */
export const cookieFor = (locale: Locale) => ({
  name: LOCALE_COOKIE,
  value: locale,
  url: readRun().url,
});
