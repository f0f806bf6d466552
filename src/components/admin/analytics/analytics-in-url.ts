import { PERIODS, type PeriodName } from '@/domain/analytics/period';
import { BREAKDOWNS, type Breakdown, SORTS, type Sort } from '@/domain/analytics/report';

/** What an admin looks at, as the address holds it. */
export type Looking = {
  period: PeriodName;
  /** Of a custom period, YYYY-MM-DD; null: not chosen yet. */
  from: string | null;
  to: string | null;
  zoneId: string | null;
  by: Breakdown;
  sort: Sort;
  descending: boolean;
};

export const AT_FIRST: Looking = {
  period: 'today',
  from: null,
  to: null,
  zoneId: null,
  by: 'restaurant',
  sort: 'orders',
  descending: true,
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^[0-9a-f-]{36}$/;

const oneOf = <T extends string>(known: readonly T[], value: string | null): T | null =>
  known.find((each) => each === value) ?? null;
const matching = (pattern: RegExp, value: string | null): string | null =>
  value !== null && pattern.test(value) ? value : null;

/** What is not understood counts as not there. */
export function readLooking(params: Pick<URLSearchParams, 'get'>): Looking {
  return {
    period: oneOf(PERIODS, params.get('period')) ?? AT_FIRST.period,
    from: matching(DAY, params.get('from')),
    to: matching(DAY, params.get('to')),
    zoneId: matching(ID, params.get('zone')),
    by: oneOf(BREAKDOWNS, params.get('by')) ?? AT_FIRST.by,
    sort: oneOf(SORTS, params.get('sort')) ?? AT_FIRST.sort,
    descending: params.get('order') !== 'up',
  };
}

/** As the end of an address, with its question mark; empty when all is as at first. */
export function writeLooking(looking: Looking): string {
  const params = new URLSearchParams();
  const { period, from, to, zoneId, by, sort, descending } = looking;
  if (period !== AT_FIRST.period) params.set('period', period);
  if (period === 'custom' && from) params.set('from', from);
  if (period === 'custom' && to) params.set('to', to);
  if (zoneId) params.set('zone', zoneId);
  if (by !== AT_FIRST.by) params.set('by', by);
  if (sort !== AT_FIRST.sort) params.set('sort', sort);
  if (!descending) params.set('order', 'up');
  const written = params.toString();
  return written === '' ? '' : `?${written}`;
}

/** As the server is asked; null while a custom period has no two days in order. */
export function toQuery({ period, from, to, zoneId, by, sort, descending }: Looking) {
  const rest = { by, sort, descending, ...(zoneId ? { zoneId } : {}) };
  if (period !== 'custom') return { period, ...rest };
  return from && to && from <= to ? { period, from, to, ...rest } : null;
}
