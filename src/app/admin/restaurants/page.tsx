import type { Metadata } from 'next';
import { RestaurantsPage } from '@/components/admin/restaurants/restaurants-page';
import { api, requireRole } from '@/trpc/server';

export const metadata: Metadata = { title: 'Restaurants' };

export default async function Page() {
  await requireRole('admin', '/admin/restaurants');
  const caller = await api();
  return <RestaurantsPage initial={await caller.restaurants.list()} />;
}
