import { createTranslator } from 'next-intl';
import { formatMoney } from '@/domain/money';
import type { NoticeContent } from '@/domain/notices';
import { DEFAULT_LOCALE, isLocale, LOCALES, type Locale } from '@/i18n/locales';
import ar from '@/messages/ar/notices.json';
import en from '@/messages/en/notices.json';

const CATALOGUES: Readonly<Record<Locale, typeof en>> = { en, ar };

/** "19:42–19:48" on the wall clock of the restaurant's zone. */
function windowWords({ etaFrom, etaTo, timeZone }: NoticeContent, locale: Locale): string {
  const format = new Intl.DateTimeFormat(LOCALES[locale].clockTag, {
    ...{ hour: '2-digit', minute: '2-digit', timeZone },
  });
  return `${format.format(new Date(etaFrom))}–${format.format(new Date(etaTo))}`;
}

/** A notice in the language of whoever gets it. */
export function noticeWords(notice: NoticeContent, language: string) {
  const locale = isLocale(language) ? language : DEFAULT_LOCALE;
  const t = createTranslator<typeof en>({
    locale: LOCALES[locale].tag,
    messages: CATALOGUES[locale],
  });
  const say = (key: string, values: Record<string, string | number> = {}): string =>
    // Keys that are made from data are held by a test over every notice there is.
    (t as (key: string, values: Record<string, string | number>) => string)(key, values);
  const values = {
    restaurant: notice.restaurant,
    driver: notice.driver,
    number: notice.orderNumber,
    window: windowWords(notice, locale),
    pay: notice.offer
      ? formatMoney(notice.offer.pay, notice.offer.currency, LOCALES[locale].tag)
      : '',
    orders: notice.offer?.orders ?? 0,
    said: notice.quick ? say(`quick.${notice.quick}`) : notice.body,
  };
  const toKitchen = notice.kind === 'must_see';
  return {
    title: say(`${notice.text}.title`, values),
    body: say(`${notice.text}.body`, values),
    see: say(toKitchen ? 'mail.seeKitchen' : 'mail.see'),
    why: say(toKitchen ? 'mail.whyKitchen' : 'mail.why'),
    dir: LOCALES[locale].dir,
    locale,
  };
}
