'use client';

import { signIn } from 'next-auth/react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { HOME } from '@/domain/roles';
import { localeOf } from '@/i18n/locales';
import { trpc } from '@/trpc/client';

export type Credentials = { email: string; password: string };

const WORDS: Readonly<Record<string, 'blocked' | 'tooMany'>> = {
  account_blocked: 'blocked',
  too_many_sign_ins: 'tooMany',
};

/**
 * Signs in and goes to `next`, or to the home of the role. The page is loaded anew with the session.
 * `pair`: what is said of an e-mail and a password that do not belong together.
 */
export function useSignIn(next: string | null, pair: 'pair' | 'perhapsKnown' = 'pair') {
  const t = useTranslations('account.wrong');
  const utils = trpc.useUtils();
  const locale = localeOf(useLocale());
  const [error, setError] = useState<string | null>(null);

  async function enter(credentials: Credentials): Promise<boolean> {
    setError(null);
    try {
      const answer = await signIn('credentials', { ...credentials, redirect: false });
      if (!answer?.ok) {
        setError(t(WORDS[answer?.error ?? ''] ?? pair));
        return false;
      }
      // Notices are written in the language of this page.
      await fetch('/api/locale', { method: 'POST', body: JSON.stringify({ locale }) });
      const viewer = await utils.auth.me.fetch(undefined, { staleTime: 0 });
      window.location.assign(next ?? (viewer ? HOME[viewer.role] : '/'));
      return true;
    } catch {
      setError(t('unreachable'));
      return false;
    }
  }

  return { enter, error };
}
