import type { Metadata } from 'next';
import { DriversPage } from '@/components/admin/drivers-page';
import { requireRole } from '@/trpc/server';

export const metadata: Metadata = { title: 'Drivers' };

export default async function Page() {
  await requireRole('admin', '/admin/drivers');
  return <DriversPage />;
}
