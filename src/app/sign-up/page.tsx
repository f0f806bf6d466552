import type { Metadata } from 'next';
import { AccountPage } from '@/components/customer/account/account-page';
import { SignUpForm } from '@/components/customer/account/sign-up-form';
import { returnPath } from '@/components/shared/return-path';
import { MessagesProvider } from '@/i18n/messages-provider';

export const metadata: Metadata = { title: 'Create an account' };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignUpPage({ searchParams }: Props) {
  return (
    <MessagesProvider areas={['account']}>
      <AccountPage title="Create an account" subtitle="A name for the courier, and you are set.">
        <SignUpForm next={returnPath((await searchParams).next)} />
      </AccountPage>
    </MessagesProvider>
  );
}
