import type { Metadata } from 'next';
import { OrdersPage } from '@/components/customer/orders/orders-page';
import { api, requireRole } from '@/trpc/server';

export const metadata: Metadata = { title: 'Orders' };

export default async function Page() {
  await requireRole('customer', '/orders');
  const caller = await api();
  return <OrdersPage initial={await caller.orders.mine()} />;
}
