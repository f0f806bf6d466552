import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ZonesPage } from '@/components/admin/zones/zones-page';
import { MessagesProvider } from '@/i18n/messages-provider';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('zones');
  return { title: t('page') };
}

export default async function Page() {
  await requireRole('admin', '/admin/zones');
  return (
    <MessagesProvider texts={['zones', 'polygon']}>
      <ZonesPage />
    </MessagesProvider>
  );
}
