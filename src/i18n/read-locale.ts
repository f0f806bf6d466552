import 'server-only';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { chooseLocale, LOCALE_COOKIE, type Locale } from './locales';

/** The language of this request. */
export const readLocale = cache(async (): Promise<Locale> => {
  const [cookie, header] = await Promise.all([cookies(), headers()]);
  return chooseLocale(cookie.get(LOCALE_COOKIE)?.value, header.get('accept-language'));
});
