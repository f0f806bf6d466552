'use client';

import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import { useTransition } from 'react';
import { type Locale, localeOf } from '@/i18n/locales';
import { toastRefusal } from './use-action';
import { useRefusal } from './use-refusal';

/** The language of the page, and a way to change it that keeps what is on the page. */
export function useLanguage() {
  const router = useRouter();
  const refusalOf = useRefusal();
  const [changing, startChange] = useTransition();

  function choose(locale: Locale): void {
    startChange(async () => {
      const answer = await fetch('/api/locale', {
        method: 'POST',
        body: JSON.stringify({ locale }),
      }).catch(() => null);
      if (answer?.ok) startChange(() => router.refresh());
      else toastRefusal(refusalOf(null));
    });
  }

  return { locale: localeOf(useLocale()), choose, changing };
}
