import type { Metadata } from 'next';
import { Checkout } from '@/components/customer/checkout/checkout';
import { getViewer } from '@/trpc/server';

export const metadata: Metadata = { title: 'Checkout' };

export default async function CheckoutPage() {
  return <Checkout viewer={await getViewer()} />;
}
