import { createTranslator } from 'next-intl';
import { DEFAULT_LOCALE, isLocale, LOCALES, type Locale } from '@/i18n/locales';
import ar from '@/messages/ar/accountMails.json';
import en from '@/messages/en/accountMails.json';
import type { AccountMailSender } from '@/services/send-account-mail';

const CATALOGUES = {
  en: { accountMails: en },
  ar: { accountMails: ar },
} as const satisfies Record<Locale, unknown>;

type Mail = Parameters<AccountMailSender>[0];

/** What a mail about an account says, in its owner's language. */
export function accountMailWords({ kind, locale: language }: Pick<Mail, 'kind' | 'locale'>) {
  const locale = isLocale(language) ? language : DEFAULT_LOCALE;
  const { tag, dir } = LOCALES[locale];
  const t = createTranslator({
    locale: tag,
    messages: CATALOGUES[locale],
    namespace: `accountMails.${kind}`,
  });
  return { title: t('title'), body: t('body'), see: t('see'), why: t('why'), dir, locale };
}
