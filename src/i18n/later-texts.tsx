'use client';

import { type AbstractIntlMessages, useLocale } from 'next-intl';
import { type ComponentType, use } from 'react';
import { DEFAULT_LOCALE, isLocale, type Locale, localeOf } from './locales';
import { MoreMessages } from './more-messages';

type File = { default: AbstractIntlMessages };

/** A file of texts each, in a script of its own. */
const FILES = {
  address: (locale: Locale): Promise<File> => import(`@/messages/${locale}/address.json`),
  checkout: (locale: Locale): Promise<File> => import(`@/messages/${locale}/checkout.json`),
  notices: (locale: Locale): Promise<File> => import(`@/messages/${locale}/notices.json`),
  order: (locale: Locale): Promise<File> => import(`@/messages/${locale}/order.json`),
};

type LaterArea = keyof typeof FILES;

const pageLocale = (): Locale => {
  const { lang } = document.documentElement;
  return isLocale(lang) ? lang : DEFAULT_LOCALE;
};

const asked = new Map<string, Promise<AbstractIntlMessages>>();

async function load(locale: Locale, areas: readonly LaterArea[]): Promise<AbstractIntlMessages> {
  const texts = areas.map(async (area) => [area, (await FILES[area](locale)).default]);
  return Object.fromEntries(await Promise.all(texts));
}

/** The texts of these areas, asked for once; again after a failure. */
function textsOf(locale: Locale, areas: readonly LaterArea[]): Promise<AbstractIntlMessages> {
  const key = `${locale} ${areas}`;
  let texts = asked.get(key);
  if (!texts) {
    texts = load(locale, areas);
    texts.catch(() => asked.delete(key));
    asked.set(key, texts);
  }
  return texts;
}

/**
 * A component of a script that comes later, with the texts of these areas: they come along with it instead of
 * with the page. Suspends until they are there; the server draws it with them and sends none.
 */
export function withTexts<Props extends object>(
  areas: readonly LaterArea[],
  Component: ComponentType<Props>,
): (props: Props) => React.JSX.Element {
  // In a browser: along with the script that says so, not only when it is drawn.
  if (typeof document !== 'undefined') void textsOf(pageLocale(), areas);
  return function WithTexts(props) {
    const tag = useLocale();
    return (
      <MoreMessages locale={tag} messages={use(textsOf(localeOf(tag), areas))}>
        <Component {...props} />
      </MoreMessages>
    );
  };
}
