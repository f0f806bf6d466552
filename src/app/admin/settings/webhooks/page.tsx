import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { WebhooksPage } from '@/components/admin/webhooks/webhooks-page';
import { MessagesProvider } from '@/i18n/messages-provider';
import { requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('webhooks');
  return { title: t('page') };
}

export default async function Page() {
  await requireRole('admin', '/admin/settings/webhooks');
  return (
    <MessagesProvider texts={['webhooks', 'settings']}>
      <WebhooksPage />
    </MessagesProvider>
  );
}
