import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CashPage } from '@/components/admin/cash/cash-page';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.cash');
  return { title: t('page') };
}

export default async function Page() {
  await requireRole('admin', '/admin/cash');
  return <CashPage />;
}
