import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountPage } from '@/components/customer/account/account-page';
import { SignUpForm } from '@/components/customer/account/forms';
import { returnPath } from '@/components/shared/return-path';
import { MessagesProvider } from '@/i18n/messages-provider';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.signUp');
  return { title: t('page') };
}

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignUpPage({ searchParams }: Props) {
  const t = await getTranslations('account.signUp');
  return (
    <MessagesProvider texts={['account']}>
      <AccountPage title={t('title')} subtitle={t('subtitle')}>
        <SignUpForm next={returnPath((await searchParams).next)} />
      </AccountPage>
    </MessagesProvider>
  );
}
