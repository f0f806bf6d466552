import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { AdminLiveBadge } from '@/components/admin/admin-live-badge';
import { AdminShell } from '@/components/admin/admin-shell';
import { BottomNav } from '@/components/admin/bottom-nav';
import { PaletteKey } from '@/components/admin/palette-key';
import { PLACES } from '@/components/admin/places';
import { AppHeader } from '@/components/shared/app-header';
import { MessagesProvider } from '@/i18n/messages-provider';
import { api, getViewer } from '@/trpc/server';

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  // The page itself sends others away, to come back to the very address they asked for.
  if (viewer?.role !== 'admin') return children;
  const caller = await api();
  const [board, directory] = await Promise.all([caller.admin.board(), caller.board.directory()]);
  const t = await getTranslations('admin.nav');
  const links = PLACES.map(({ href, key }) => ({ href, label: t(key) }));
  return (
    <MessagesProvider
      texts={[
        'admin',
        'board',
        'conversation',
        'dispatch',
        'eta',
        'handsOn',
        'kitchen',
        'notices',
        'reasons',
      ]}
    >
      <AdminShell viewer={viewer} initial={board} directory={directory}>
        <AppHeader viewer={viewer} links={links} navClassName="max-sm:hidden" wide>
          <AdminLiveBadge />
        </AppHeader>
        <main id="main" className="max-sm:pb-14">
          {children}
        </main>
        <BottomNav />
        <PaletteKey />
      </AdminShell>
    </MessagesProvider>
  );
}
