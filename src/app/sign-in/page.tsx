import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { AccountPage } from '@/components/customer/account/account-page';
import { SignInForm } from '@/components/customer/account/forms';
import { returnPath } from '@/components/shared/return-path';
import { HOME } from '@/domain/roles';
import { MessagesProvider } from '@/i18n/messages-provider';
import { getViewer, isDemo } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.signIn');
  return { title: t('page') };
}

type Props = { searchParams: Promise<{ next?: string | string[]; blocked?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const t = await getTranslations('account.signIn');
  const { next: wanted, blocked } = await searchParams;
  const next = returnPath(wanted);
  const viewer = await getViewer();
  if (viewer && !next) redirect(HOME[viewer.role]);
  return (
    <MessagesProvider texts={['account']}>
      <AccountPage title={t('title')} subtitle={t('subtitle')}>
        <SignInForm
          next={next}
          demo={await isDemo()}
          signedInAs={viewer?.name ?? null}
          blocked={blocked !== undefined}
        />
      </AccountPage>
    </MessagesProvider>
  );
}
