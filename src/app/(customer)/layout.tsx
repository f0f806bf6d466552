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

const LINKS = [
  { href: '/', label: 'Restaurants', wideOnly: true },
  { href: '/orders', label: 'Orders' },
];

export default async function CustomerLayout({ children }: { children: ReactNode }) {
  return (
    <MessagesProvider areas={AREAS}>
      <AppHeader viewer={await getViewer()} links={LINKS} />
      <main id="main" className="mx-auto max-w-7xl">
        {children}
      </main>
    </MessagesProvider>
  );
}
