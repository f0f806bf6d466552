import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DispatchPage } from '@/components/admin/dispatch/dispatch-page';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('dispatch');
  return { title: t('page') };
}

export default async function Page() {
  await requireRole('admin', '/admin/dispatch');
  return <DispatchPage />;
}
