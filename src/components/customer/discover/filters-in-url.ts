import { NEARBY_SORTS, type NearbySort, PLACE_KINDS, type PlaceKind } from '@/domain/restaurant';

export type Filters = {
  kind: PlaceKind;
  q: string;
  cuisine: string | null;
  openOnly: boolean;
  /** Null: what fits, nearest first or the best match. */
  sort: NearbySort | null;
};

export const NO_FILTERS: Filters = {
  kind: 'restaurant',
  q: '',
  cuisine: null,
  openOnly: false,
  sort: null,
};

const LONGEST_QUERY = 80;
const LONGEST_CUISINE = 40;

/** Without the one character that can't be stored. */
const text = (value: string | null, most: number): string =>
  (value ?? '').replaceAll('\0', '').slice(0, most);

const oneOf = <T extends string>(known: readonly T[], value: string | null): T | null =>
  known.find((each) => each === value) ?? null;

/** The filters that an address holds; what is not understood counts as not there. */
export function readFilters(params: Pick<URLSearchParams, 'get'>): Filters {
  return {
    kind: oneOf(PLACE_KINDS, params.get('kind')) ?? NO_FILTERS.kind,
    q: text(params.get('q'), LONGEST_QUERY),
    cuisine: text(params.get('cuisine'), LONGEST_CUISINE) || null,
    openOnly: params.get('open') === '1',
    sort: oneOf(NEARBY_SORTS, params.get('sort')),
  };
}

/** As the end of an address, with its question mark; empty without filters. */
export function writeFilters({ kind, q, cuisine, openOnly, sort }: Filters): string {
  const params = new URLSearchParams();
  if (kind !== NO_FILTERS.kind) params.set('kind', kind);
  if (q.trim() !== '') params.set('q', q.trim());
  if (cuisine !== null) params.set('cuisine', cuisine);
  if (openOnly) params.set('open', '1');
  if (sort !== null) params.set('sort', sort);
  const written = params.toString();
  return written === '' ? '' : `?${written}`;
}

/** Looking for words goes through everything; without any, one kind and cuisine are shown. */
export function toQuery({ kind, q, cuisine, openOnly, sort }: Filters) {
  const words = q.trim().slice(0, LONGEST_QUERY);
  return {
    ...(words === '' ? { kind, ...(cuisine === null ? {} : { cuisine }) } : { q: words }),
    ...(openOnly ? { openOnly } : {}),
    ...(sort === null || (sort === 'match' && words === '') ? {} : { sort }),
  };
}

export const isFiltered = (filters: Filters): boolean =>
  writeFilters({ ...filters, kind: NO_FILTERS.kind, sort: null }) !== '';
