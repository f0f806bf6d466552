import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LogPage } from '@/components/admin/log/log-page';
import { MessagesProvider } from '@/i18n/messages-provider';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('log');
  return { title: t('page') };
}

export default async function Page() {
  await requireRole('admin', '/admin/events');
  return (
    <MessagesProvider texts={['log', 'story']}>
      <LogPage />
    </MessagesProvider>
  );
}
