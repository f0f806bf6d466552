import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PeoplePage } from '@/components/admin/people/people-page';
import { MessagesProvider } from '@/i18n/messages-provider';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people');
  return { title: t('page') };
}

export default async function Page() {
  const { userId } = await requireRole('admin', '/admin/people');
  return (
    <MessagesProvider texts={['people']}>
      <PeoplePage ownId={userId} />
    </MessagesProvider>
  );
}
