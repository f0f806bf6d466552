import { DEFAULT_PLACE } from '@/components/customer/address/default-place';
import { Discover } from '@/components/customer/discover/discover';
import { api } from '@/trpc/server';

export default async function DiscoverPage() {
  const caller = await api();
  return <Discover initial={await caller.restaurants.nearby({ ...DEFAULT_PLACE.at })} />;
}
