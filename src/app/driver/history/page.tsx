import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { HistoryPage } from '@/components/driver/history-page';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('driver.history');
  return { title: t('page') };
}

export default async function Page() {
  await requireRole('driver', '/driver/history');
  return <HistoryPage />;
}
