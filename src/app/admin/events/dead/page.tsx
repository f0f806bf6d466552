import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DeadLettersPage } from '@/components/admin/log/dead-letters-page';
import { MessagesProvider } from '@/i18n/messages-provider';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('log.dead');
  return { title: t('page') };
}

export default async function Page() {
  await requireRole('admin', '/admin/events/dead');
  return (
    <MessagesProvider texts={['log', 'story']}>
      <DeadLettersPage />
    </MessagesProvider>
  );
}
