import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { AdminLiveBadge } from '@/components/admin/admin-live-badge';
import { AdminShell } from '@/components/admin/admin-shell';
import { BottomNav } from '@/components/admin/bottom-nav';
import { AppHeader } from '@/components/shared/app-header';
import { MessagesProvider } from '@/i18n/messages-provider';
import { api, getViewer } from '@/trpc/server';

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  // The page itself sends others away, to come back to the very address they asked for.
  if (viewer?.role !== 'admin') return children;
  const caller = await api();
  const t = await getTranslations('admin.nav');
  const links = [
    { href: '/admin', label: t('board') },
    { href: '/admin/restaurants', label: t('restaurants') },
    { href: '/admin/drivers', label: t('drivers') },
    { href: '/admin/dispatch', label: t('dispatch') },
    { href: '/admin/eta', label: t('eta') },
  ];
  return (
    <MessagesProvider areas={['admin', 'conversation', 'dispatch', 'eta', 'kitchen', 'notices']}>
      <AdminShell viewer={viewer} initial={await caller.admin.board()}>
        <AppHeader viewer={viewer} links={links} navClassName="max-sm:hidden" wide>
          <AdminLiveBadge />
        </AppHeader>
        <main id="main" className="max-sm:pb-14">
          {children}
        </main>
        <BottomNav />
      </AdminShell>
    </MessagesProvider>
  );
}
