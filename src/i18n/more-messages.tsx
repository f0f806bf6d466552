'use client';

import { type AbstractIntlMessages, NextIntlClientProvider } from 'next-intl';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { LocaleTag } from './locales';

const Known = createContext<AbstractIntlMessages>({});

type MoreMessagesProps = {
  locale: LocaleTag;
  messages: AbstractIntlMessages;
  children: ReactNode;
};

/** Texts for what lies below, on top of those from above. */
export function MoreMessages({ locale, messages, children }: MoreMessagesProps) {
  const known = useContext(Known);
  const all = useMemo(() => ({ ...known, ...messages }), [known, messages]);
  return (
    <Known value={all}>
      <NextIntlClientProvider locale={locale} messages={all} timeZone="UTC">
        {children}
      </NextIntlClientProvider>
    </Known>
  );
}
