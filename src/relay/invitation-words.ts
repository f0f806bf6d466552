import { createTranslator } from 'next-intl';
import type { Role } from '@/domain/roles';
import { DEFAULT_LOCALE, isLocale, LOCALES, type Locale } from '@/i18n/locales';
import ar from '@/messages/ar/people.json';
import arShared from '@/messages/ar/shared.json';
import en from '@/messages/en/people.json';
import enShared from '@/messages/en/shared.json';

const CATALOGUES = {
  en: { people: en, shared: enShared },
  ar: { people: ar, shared: arShared },
} as const satisfies Record<Locale, unknown>;

type Invitation = { role: Role; locale: string; expiresAt: Date; inviter: string };

/** An invitation in the language that it was made in. */
export function invitationWords({ role, locale: language, expiresAt, inviter }: Invitation) {
  const locale = isLocale(language) ? language : DEFAULT_LOCALE;
  const { tag, dir, clockTag } = LOCALES[locale];
  const messages = CATALOGUES[locale];
  const t = createTranslator({ locale: tag, messages, namespace: 'people.mail' });
  const roles = createTranslator({ locale: tag, messages, namespace: 'shared.role' });
  const day = new Intl.DateTimeFormat(clockTag, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return {
    title: t('title'),
    body: t('body', { inviter, role: roles(role), day: day.format(expiresAt) }),
    see: t('see'),
    why: t('why'),
    ...{ dir, locale },
  };
}
