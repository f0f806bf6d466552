import type { Metadata } from 'next';
import { DriverHome } from '@/components/driver/driver-home';
import { requireRole } from '@/trpc/server';

export const metadata: Metadata = { title: 'Drive' };

export default async function Page() {
  await requireRole('driver', '/driver');
  return <DriverHome />;
}
