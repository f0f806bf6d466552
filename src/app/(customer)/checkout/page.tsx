import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Checkout } from '@/components/customer/checkout/checkout';
import { MessagesProvider } from '@/i18n/messages-provider';
import { getViewer } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('checkout');
  return { title: t('page') };
}

export default async function CheckoutPage() {
  return (
    <MessagesProvider texts={['checkout', 'cart']}>
      <Checkout viewer={await getViewer()} />
    </MessagesProvider>
  );
}
