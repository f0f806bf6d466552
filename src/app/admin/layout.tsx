import type { ReactNode } from 'react';
import { AdminLiveBadge } from '@/components/admin/admin-live-badge';
import { AdminShell } from '@/components/admin/admin-shell';
import { BottomNav } from '@/components/admin/bottom-nav';
import { AppHeader } from '@/components/shared/app-header';
import { MessagesProvider } from '@/i18n/messages-provider';
import { api, getViewer } from '@/trpc/server';

const LINKS = [
  { href: '/admin', label: 'Board' },
  { href: '/admin/restaurants', label: 'Restaurants' },
  { href: '/admin/drivers', label: 'Drivers' },
];

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  // The page itself sends others away, to come back to the very address they asked for.
  if (viewer?.role !== 'admin') return children;
  const caller = await api();
  return (
    <MessagesProvider areas={['admin', 'eta', 'notices']}>
      <AdminShell viewer={viewer} initial={await caller.admin.board()}>
        <AppHeader viewer={viewer} links={LINKS} navClassName="max-sm:hidden" wide>
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
