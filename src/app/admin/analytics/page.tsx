import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AnalyticsPage } from '@/components/admin/analytics/analytics-page';
import { MessagesProvider } from '@/i18n/messages-provider';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('analytics');
  return { title: t('page') };
}

export default async function Page() {
  await requireRole('admin', '/admin/analytics');
  return (
    <MessagesProvider texts={['analytics']}>
      <AnalyticsPage />
    </MessagesProvider>
  );
}
