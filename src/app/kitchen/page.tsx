import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { KitchenList } from '@/components/kitchen/kitchen-list';
import { api, requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('kitchen');
  return { title: t('page') };
}

/** Whoever acts for one restaurant alone is there at once. */
export default async function Page() {
  await requireRole('kitchen', '/kitchen');
  const caller = await api();
  const kitchens = await caller.kitchen.mine();
  const [only, ...others] = kitchens;
  if (only && others.length === 0) redirect(`/kitchen/${only.slug}`);
  return <KitchenList kitchens={kitchens} />;
}
