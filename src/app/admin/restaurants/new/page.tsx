import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NewRestaurant } from '@/components/admin/desk/new-restaurant';
import { MessagesProvider } from '@/i18n/messages-provider';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.create');
  return { title: t('title') };
}

export default async function Page() {
  await requireRole('admin', '/admin/restaurants/new');
  return (
    <MessagesProvider texts={['desk']}>
      <NewRestaurant />
    </MessagesProvider>
  );
}
