import { DEFAULT_PLACE } from '@/components/customer/address/default-place';
import { Discover } from '@/components/customer/discover/discover';
import { readFilters, toQuery } from '@/components/customer/discover/filters-in-url';
import { tellFormats } from '@/components/shared/tell-formats';
import { ToldFormatsProvider } from '@/components/shared/told-formats';
import { MessagesProvider } from '@/i18n/messages-provider';
import { api } from '@/trpc/server';

type SearchParams = Record<string, string | string[] | undefined>;

const paramsOf = (given: SearchParams): URLSearchParams =>
  new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as [string, string]] : [],
    ),
  );

export default async function DiscoverPage(props: { searchParams: Promise<SearchParams> }) {
  const [caller, params] = await Promise.all([api(), props.searchParams]);
  const query = toQuery(readFilters(paramsOf(params)));
  const { at } = DEFAULT_PLACE;
  const { cursor } = await caller.restaurants.changesStart();
  const [page, cuisines] = await Promise.all([
    caller.restaurants.nearby({ ...at, ...query }),
    caller.restaurants.cuisines(at),
  ]);
  return (
    <MessagesProvider texts={['discover']}>
      <ToldFormatsProvider told={await tellFormats(page.places[0]?.restaurant)}>
        <Discover initial={{ page, cuisines, cursor }} />
      </ToldFormatsProvider>
    </MessagesProvider>
  );
}
