import type { ReactNode } from 'react';
import { AppHeader } from '@/components/shared/app-header';
import { getViewer } from '@/trpc/server';

const LINKS = [
  { href: '/', label: 'Restaurants', wideOnly: true },
  { href: '/orders', label: 'Orders' },
];

export default async function CustomerLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <AppHeader viewer={await getViewer()} links={LINKS} />
      <main id="main" className="mx-auto max-w-7xl">
        {children}
      </main>
    </>
  );
}
