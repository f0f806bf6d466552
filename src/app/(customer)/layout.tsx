import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LazyOrderNotices } from '@/components/customer/notices/lazy-order-notices';
import { AppHeader } from '@/components/shared/app-header';
import { getViewer } from '@/trpc/server';

export default async function CustomerLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('shared.nav');
  const viewer = await getViewer();
  const links = [
    { href: '/', label: t('restaurants'), wideOnly: true },
    // A guest has none: on a phone the room goes to signing in.
    { href: '/orders', label: t('orders'), wideOnly: !viewer },
  ];
  return (
    <>
      <AppHeader viewer={viewer} links={links} />
      {viewer?.role === 'customer' && <LazyOrderNotices />}
      <main id="main" className="mx-auto max-w-7xl">
        {children}
      </main>
    </>
  );
}
