'use client';

import { useTranslations } from 'next-intl';
import { NewAccountForm } from '@/components/customer/account/new-account-form';
import { trpc } from '@/trpc/client';

/** Name and password of somebody who was invited. */
export function JoinForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations('people.join');
  const join = trpc.people.join.useMutation();
  return (
    <NewAccountForm
      email={email}
      create={({ name, password }) => join.mutateAsync({ token, name, password })}
      submit={t('submit')}
      next={null}
    />
  );
}
