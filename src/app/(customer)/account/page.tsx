import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NoticeSettings } from '@/components/customer/settings/notice-settings';
import { OwnData } from '@/components/customer/settings/own-data';
import { PhoneField } from '@/components/customer/settings/phone-field';
import { MessagesProvider } from '@/i18n/messages-provider';
import { api, requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('notices.account');
  return { title: t('title') };
}

export default async function Page() {
  const viewer = await requireRole('customer', '/account');
  const t = await getTranslations('notices.account');
  const caller = await api();
  return (
    <div className="mx-auto max-w-2xl px-4 pt-6 pb-16 sm:px-6">
      <h1 className="text-xl">{t('title')}</h1>
      <p className="mt-1 mb-8 text-quiet">{t('of', { name: viewer.name })}</p>
      <MessagesProvider texts={['notices.settings', 'notices.phone', 'notices.ownData']}>
        <NoticeSettings initial={await caller.notices.settings()} />
        <PhoneField initial={await caller.notices.phone()} />
        <OwnData />
      </MessagesProvider>
    </div>
  );
}
