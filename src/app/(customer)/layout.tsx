import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { AppHeader } from '@/components/shared/app-header';
import type { Area } from '@/i18n/areas';
import { MessagesProvider } from '@/i18n/messages-provider';
import { getViewer } from '@/trpc/server';

const AREAS: readonly Area[] = [
  'discover',
  'restaurant',
  'cart',
  'checkout',
  'order',
  'orders',
  'eta',
  'notices',
  'share',
];

export default async function CustomerLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('shared.nav');
  const links = [
    { href: '/', label: t('restaurants'), wideOnly: true },
    { href: '/orders', label: t('orders') },
  ];
  return (
    <MessagesProvider areas={AREAS}>
      <AppHeader viewer={await getViewer()} links={links} />
      <main id="main" className="mx-auto max-w-7xl">
        {children}
      </main>
    </MessagesProvider>
  );
}
