import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { RestaurantPage } from '@/components/customer/restaurant/restaurant-page';
import { tellFormats } from '@/components/shared/tell-formats';
import { ToldFormatsProvider } from '@/components/shared/told-formats';
import { MessagesProvider } from '@/i18n/messages-provider';
import { api, notFoundOnRefusal } from '@/trpc/server';

type Props = { params: Promise<{ slug: string }> };

const load = cache(async (slug: string) => {
  const caller = await api();
  const { cursor } = await caller.restaurants.changesStart();
  const loaded = await notFoundOnRefusal(() => caller.restaurants.get({ slug }));
  // Not for good: a restaurant may take an address back that it had.
  if (loaded.restaurant.slug !== slug) redirect(`/r/${loaded.restaurant.slug}`);
  return { ...loaded, cursor };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { restaurant } = await load((await params).slug);
  return { title: restaurant.name, description: restaurant.description };
}

export default async function Page({ params }: Props) {
  const initial = await load((await params).slug);
  return (
    <MessagesProvider texts={['restaurant', 'cart']}>
      <ToldFormatsProvider told={await tellFormats(initial.restaurant)}>
        <RestaurantPage initial={initial} />
      </ToldFormatsProvider>
    </MessagesProvider>
  );
}
