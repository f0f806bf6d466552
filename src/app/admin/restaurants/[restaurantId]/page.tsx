import type { Metadata } from 'next';
import { cache } from 'react';
import { DeskPage } from '@/components/admin/desk/desk-page';
import { MessagesProvider } from '@/i18n/messages-provider';
import { api, notFoundOnRefusal, requireRole } from '@/trpc/server';

type Props = { params: Promise<{ restaurantId: string }> };

const load = cache(async (restaurantId: string) => {
  await requireRole('admin', `/admin/restaurants/${restaurantId}`);
  const caller = await api();
  const { cursor } = await caller.restaurants.changesStart();
  const desk = await notFoundOnRefusal(() => caller.restaurantDesk.get({ restaurantId }));
  return { desk, cursor };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { desk } = await load((await params).restaurantId);
  return { title: desk.restaurant.name };
}

export default async function Page({ params }: Props) {
  const { desk, cursor } = await load((await params).restaurantId);
  return (
    <MessagesProvider texts={['desk', 'restaurant']}>
      <DeskPage initial={desk} cursor={cursor} />
    </MessagesProvider>
  );
}
