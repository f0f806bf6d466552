import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Receipt } from '@/components/customer/order/receipt/receipt';
import { MessagesProvider } from '@/i18n/messages-provider';
import { api, notFoundOnRefusal, requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('order.receipt');
  return { title: t('page') };
}

type Props = { params: Promise<{ orderId: string }> };

export default async function Page({ params }: Props) {
  const { orderId } = await params;
  await requireRole('customer', `/orders/${orderId}/receipt`);
  const caller = await api();
  const { view } = await notFoundOnRefusal(() => caller.orders.get({ orderId }));
  return (
    <MessagesProvider texts={['order', 'reasons']}>
      <Receipt view={view} />
    </MessagesProvider>
  );
}
