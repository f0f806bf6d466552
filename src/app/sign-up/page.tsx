import type { Metadata } from 'next';
import { AccountPage } from '@/components/customer/account/account-page';
import { SignUpForm } from '@/components/customer/account/sign-up-form';
import { returnPath } from '@/components/shared/return-path';

export const metadata: Metadata = { title: 'Create an account' };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignUpPage({ searchParams }: Props) {
  return (
    <AccountPage title="Create an account" subtitle="A name for the courier, and you are set.">
      <SignUpForm next={returnPath((await searchParams).next)} />
    </AccountPage>
  );
}
