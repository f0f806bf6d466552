import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OrdersPage } from '@/components/customer/orders/orders-page';
import { MessagesProvider } from '@/i18n/messages-provider';
import { api, requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('orders');
  return { title: t('page') };
}

export default async function Page() {
  await requireRole('customer', '/orders');
  const caller = await api();
  return (
    <MessagesProvider
      texts={['orders', 'order.courier', 'order.who', 'order.eta', 'order.again', 'reasons']}
    >
      <OrdersPage initial={await caller.orders.mine()} />
    </MessagesProvider>
  );
}
