import type { ReactNode } from 'react';
import { AppHeader } from '@/components/shared/app-header';
import { MessagesProvider } from '@/i18n/messages-provider';
import { getViewer } from '@/trpc/server';

export default async function KitchenLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  // The pages themselves send others away, to come back to the very address they asked for.
  if (viewer?.role !== 'kitchen' && viewer?.role !== 'admin') return children;
  return (
    <MessagesProvider texts={['kitchen', 'reasons', 'notices.settings', 'notices.phone']}>
      <AppHeader viewer={viewer} wide />
      <main id="main">{children}</main>
    </MessagesProvider>
  );
}
