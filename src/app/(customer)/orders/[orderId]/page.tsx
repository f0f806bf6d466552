import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OrderPage } from '@/components/customer/order/order-page';
import { MessagesProvider } from '@/i18n/messages-provider';
import { api, notFoundOnRefusal, requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('orders');
  return { title: t('onePage') };
}

type Props = { params: Promise<{ orderId: string }> };

export default async function Page({ params }: Props) {
  const { orderId } = await params;
  await requireRole('customer', `/orders/${orderId}`);
  const caller = await api();
  return (
    <MessagesProvider areas={['order', 'conversation', 'cart', 'checkout']}>
      <OrderPage initial={await notFoundOnRefusal(() => caller.orders.get({ orderId }))} />
    </MessagesProvider>
  );
}
