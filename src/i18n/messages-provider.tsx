import type { ReactNode } from 'react';
import type { Texts } from './areas';
import { LOCALES } from './locales';
import { loadMessages } from './messages';
import { MoreMessages } from './more-messages';
import { readLocale } from './read-locale';

/**
 * Sends these texts to the browser, beside those that came with the layouts above: what the first picture of a
 * page is made of. What opens later brings its own (`withTexts`).
 */
export async function MessagesProvider({
  texts,
  children,
}: {
  texts: readonly Texts[];
  children: ReactNode;
}) {
  const locale = await readLocale();
  return (
    <MoreMessages locale={LOCALES[locale].tag} messages={await loadMessages(locale, texts)}>
      {children}
    </MoreMessages>
  );
}
