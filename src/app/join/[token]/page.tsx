import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountPage } from '@/components/customer/account/account-page';
import { JoinForm } from '@/components/join/join-form';
import { MessagesProvider } from '@/i18n/messages-provider';
import { api, notFoundOnRefusal } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people.join');
  return {
    title: t('page'),
    robots: { index: false, follow: false },
    referrer: 'no-referrer',
  };
}

type Props = { params: Promise<{ token: string }> };

export default async function JoinPage({ params }: Props) {
  const { token } = await params;
  const t = await getTranslations('people.join');
  const roles = await getTranslations('shared.role');
  const caller = await api();
  const { email, role } = await notFoundOnRefusal(() => caller.people.invitation({ token }));
  return (
    <MessagesProvider texts={['account', 'people']}>
      <AccountPage title={t('title')} subtitle={t('subtitle', { email, role: roles(role) })}>
        <JoinForm token={token} email={email} />
      </AccountPage>
    </MessagesProvider>
  );
}
