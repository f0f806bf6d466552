import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { KitchenPage } from '@/components/kitchen/kitchen-page';
import { HOME } from '@/domain/roles';
import { api, getViewer, notFoundOnRefusal } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('kitchen');
  return { title: t('page') };
}

type Props = { params: Promise<{ slug: string }> };

export default async function Page({ params }: Props) {
  const { slug } = await params;
  const viewer = await getViewer();
  if (!viewer) redirect(`/sign-in?next=${encodeURIComponent(`/kitchen/${slug}`)}`);
  if (viewer.role !== 'kitchen' && viewer.role !== 'admin') redirect(HOME[viewer.role]);
  const caller = await api();
  const initial = await notFoundOnRefusal(() => caller.kitchen.home({ slug }));
  const { restaurant } = initial.view;
  if (restaurant.slug !== slug) redirect(`/kitchen/${restaurant.slug}`);
  return <KitchenPage initial={initial} />;
}
