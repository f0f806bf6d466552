import type { Metadata } from 'next';
import { HistoryPage } from '@/components/driver/history-page';
import { requireRole } from '@/trpc/server';

export const metadata: Metadata = { title: 'Your deliveries' };

export default async function Page() {
  await requireRole('driver', '/driver/history');
  return <HistoryPage />;
}
