import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SettingsPage } from '@/components/admin/settings/settings-page';
import { MessagesProvider } from '@/i18n/messages-provider';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings');
  return { title: t('page') };
}

export default async function Page() {
  await requireRole('admin', '/admin/settings');
  return (
    <MessagesProvider texts={['settings', 'apiKeys', 'desk']}>
      <SettingsPage />
    </MessagesProvider>
  );
}
