'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import { NewAccountForm } from './new-account-form';

export function SignUpForm({ next }: { next: string | null }) {
  const t = useTranslations('account.signUp');
  const signUp = trpc.auth.signUp.useMutation();
  return (
    <>
      <NewAccountForm
        email={null}
        create={(account) => signUp.mutateAsync(account)}
        submit={t('submit')}
        next={next}
      />
      <p className="mt-6 text-center text-quiet text-sm">
        {t.rich('beenHere', {
          link: (text) => (
            <Link
              href={next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'}
              className="font-medium text-accent-ink underline underline-offset-4"
            >
              {text}
            </Link>
          ),
        })}
      </p>
    </>
  );
}
