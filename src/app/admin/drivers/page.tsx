import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DriversPage } from '@/components/admin/drivers-page';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.drivers');
  return { title: t('page') };
}

export default async function Page() {
  await requireRole('admin', '/admin/drivers');
  return <DriversPage />;
}
