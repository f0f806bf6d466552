import type { Metadata } from 'next';
import { cache } from 'react';
import { RestaurantPage } from '@/components/customer/restaurant/restaurant-page';
import { api, notFoundOnRefusal } from '@/trpc/server';

type Props = { params: Promise<{ slug: string }> };

const load = cache(async (slug: string) => {
  const caller = await api();
  return notFoundOnRefusal(() => caller.restaurants.get({ slug }));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { restaurant } = await load((await params).slug);
  return { title: restaurant.name, description: restaurant.description };
}

export default async function Page({ params }: Props) {
  return <RestaurantPage initial={await load((await params).slug)} />;
}
