import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EtaPage } from '@/components/admin/eta/eta-page';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('eta');
  return { title: t('page') };
}

export default async function Page() {
  await requireRole('admin', '/admin/eta');
  return <EtaPage />;
}
