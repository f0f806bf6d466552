import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { StoryPage } from '@/components/admin/moment/story-page';
import { MessagesProvider } from '@/i18n/messages-provider';
import { api, notFoundOnRefusal, requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('story');
  return { title: t('page') };
}

type Props = {
  params: Promise<{ orderId: string }>;
  searchParams: Promise<{ at?: string | string[] }>;
};

export default async function Page({ params, searchParams }: Props) {
  const { orderId } = await params;
  const { at } = await searchParams;
  const search = typeof at === 'string' ? `?at=${encodeURIComponent(at)}` : '';
  await requireRole('admin', `/admin/orders/${orderId}${search}`);
  const caller = await api();
  return (
    <MessagesProvider texts={['story', 'order', 'driver']}>
      <StoryPage initial={await notFoundOnRefusal(() => caller.orders.get({ orderId }))} />
    </MessagesProvider>
  );
}
