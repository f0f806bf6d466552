import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OrderPage } from '@/components/customer/order/order-page';
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
  return <OrderPage initial={await notFoundOnRefusal(() => caller.orders.get({ orderId }))} />;
}
