import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { RestaurantsPage } from '@/components/admin/restaurants/restaurants-page';
import { api, requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.restaurants');
  return { title: t('page') };
}

export default async function Page() {
  await requireRole('admin', '/admin/restaurants');
  const caller = await api();
  const { cursor } = await caller.restaurants.changesStart();
  return <RestaurantsPage initial={await caller.restaurants.list()} cursor={cursor} />;
}
