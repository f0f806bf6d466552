import type { ReactNode } from 'react';
import type { Area } from './areas';
import { LOCALES } from './locales';
import { loadMessages } from './messages';
import { MoreMessages } from './more-messages';
import { readLocale } from './read-locale';

/** Sends the texts of `areas` to the browser, beside those that came with the layouts above. */
export async function MessagesProvider({
  areas,
  children,
}: {
  areas: readonly Area[];
  children: ReactNode;
}) {
  const locale = await readLocale();
  return (
    <MoreMessages locale={LOCALES[locale].tag} messages={await loadMessages(locale, areas)}>
      {children}
    </MoreMessages>
  );
}
