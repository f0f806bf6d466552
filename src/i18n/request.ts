import { getRequestConfig } from 'next-intl/server';
import { AREAS } from './areas';
import { LOCALES } from './locales';
import { loadMessages } from './messages';
import { readLocale } from './read-locale';

/** Server components may use every text; moments are put in words by `useFormat`, never by a message. */
export default getRequestConfig(async () => {
  const locale = await readLocale();
  return {
    locale: LOCALES[locale].tag,
    messages: await loadMessages(locale, AREAS),
    timeZone: 'UTC',
  };
});
