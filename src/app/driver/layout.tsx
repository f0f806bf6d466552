import type { ReactNode } from 'react';
import { DriverLiveBadge } from '@/components/driver/driver-live-badge';
import { DriverShell } from '@/components/driver/driver-shell';
import { AppHeader } from '@/components/shared/app-header';
import { MessagesProvider } from '@/i18n/messages-provider';
import { api, getViewer, isDemo } from '@/trpc/server';

export default async function DriverLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  // The page itself sends others away, to come back to the very address they asked for.
  if (viewer?.role !== 'driver') return children;
  const caller = await api();
  const [initial, demo] = await Promise.all([caller.drivers.home(), isDemo()]);
  return (
    <MessagesProvider texts={['driver', 'reasons', 'conversation', 'notices.settings']}>
      <DriverShell initial={initial} demo={demo}>
        <AppHeader viewer={viewer} wide>
          <DriverLiveBadge />
        </AppHeader>
        <main id="main">{children}</main>
      </DriverShell>
    </MessagesProvider>
  );
}
