import { groupBy } from '@/domain/group-by';
import { addDays } from '@/domain/wall-clock';
import {
  acceptanceShare,
  addFigures,
  type Figures,
  keptShare,
  NO_FIGURES,
  STAGES,
  type Stage,
  shareOf,
  utilisation,
} from './figures';
import { type ComparedPeriods, type DayRange, daysIn } from './period';
import { percentile } from './sketch';

export const BREAKDOWNS = ['zone', 'restaurant', 'driver', 'hour'] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

export type Revenue = { currency: string; amount: number };

/** What an admin reads of some figures. Shares of 1, durations in seconds; null: nothing to say. */
export type Summary = {
  orders: number;
  /** Orders that came to nothing: rejected, expired or cancelled. */
  lost: number;
  delivered: number;
  /** Largest first; orders of several currencies are never added up. */
  revenue: Revenue[];
  deliveryMedian: number | null;
  deliveryP90: number | null;
  kitchenMedian: number | null;
  rideMedian: number | null;
  kept: number | null;
  acceptance: number | null;
  utilisation: number | null;
  rating: number | null;
};

export function summaryOf(figures: Figures): Summary {
  const { sketches, revenue } = figures;
  return {
    orders: figures.orders,
    lost: figures.rejected + figures.expired + figures.cancelled,
    delivered: figures.delivered,
    revenue: Object.entries(revenue)
      .map(([currency, amount]) => ({ currency, amount }))
      .sort((a, b) => b.amount - a.amount || (a.currency < b.currency ? -1 : 1)),
    deliveryMedian: percentile(sketches.delivery, 0.5),
    deliveryP90: percentile(sketches.delivery, 0.9),
    kitchenMedian: percentile(sketches.kitchen, 0.5),
    rideMedian: percentile(sketches.ride, 0.5),
    kept: keptShare(figures),
    acceptance: acceptanceShare(figures),
    utilisation: utilisation(figures),
    rating: shareOf(figures.foodStars, figures.foodRatings),
  };
}

/** Drivers are rated for the delivery, everything else for the food. */
export const driverSummaryOf = (figures: Figures): Summary => ({
  ...summaryOf(figures),
  rating: shareOf(figures.deliveryStars, figures.deliveryRatings),
});

export type StageTime = { stage: Stage; count: number; median: number; p90: number };

export const stageTimesOf = ({ sketches }: Figures): StageTime[] =>
  STAGES.flatMap((stage) => {
    const sketch = sketches[stage];
    const [median, p90] = [percentile(sketch, 0.5), percentile(sketch, 0.9)];
    if (median === null || p90 === null) return [];
    return [{ stage, count: Object.values(sketch).reduce((a, b) => a + b, 0), median, p90 }];
  });

export type ReasonCount = { how: string; why: string; count: number };

/** Why offers, or orders, came to nothing; the most frequent first. */
export const reasonsOf = ({ reasons }: Figures, of: 'offer' | 'order'): ReasonCount[] =>
  Object.entries(reasons)
    .flatMap(([key, count]) => {
      const [what, how = '', why = ''] = key.split('.');
      return what === of ? [{ how, why, count }] : [];
    })
    .sort((a, b) => b.count - a.count || (`${a.how}${a.why}` < `${b.how}${b.why}` ? -1 : 1));

/** An hour of the day, or a day. */
export type Point = {
  key: string;
  orders: number;
  ordersBefore: number;
  delivered: number;
  kept: number | null;
};
export type Grain = 'hour' | 'day';

/** Up to two days are told by the hour, more by the day. */
export const grainOf = (range: DayRange): Grain => (daysIn(range) <= 2 ? 'hour' : 'day');

type Keyed = { period: 'current' | 'begun' | 'before'; key: string; figures: Figures };

/** All hours of a day or all days of the period, each beside the one that it is compared with. */
export function seriesOf(rows: readonly Keyed[], periods: ComparedPeriods): Point[] {
  const { current, before } = periods;
  const grain = grainOf(current);
  const back = daysIn({ from: before.from, to: current.from }) - 1;
  const keys =
    grain === 'hour'
      ? Array.from({ length: 24 }, (_, hour) => `${hour}`.padStart(2, '0'))
      : Array.from({ length: daysIn(current) }, (_, day) => addDays(current.from, day));
  const find = (period: Keyed['period'], key: string) =>
    rows.find((row) => row.period === period && row.key === key)?.figures ?? NO_FIGURES;
  return keys.map((key) => {
    const figures = find('current', key);
    return {
      key,
      orders: figures.orders,
      ordersBefore: find('before', grain === 'hour' ? key : addDays(key, -back)).orders,
      delivered: figures.delivered,
      kept: keptShare(figures),
    };
  });
}

export const totalOf = (rows: readonly Keyed[], period: Keyed['period']): Figures =>
  addFigures(rows.filter((row) => row.period === period).map(({ figures }) => figures));

export const SORTS = [
  'name',
  'orders',
  'revenue',
  'deliveryMedian',
  'deliveryP90',
  'kitchenMedian',
  'rideMedian',
  'kept',
  'acceptance',
  'utilisation',
  'rating',
  'lost',
] as const;
export type Sort = (typeof SORTS)[number];

/** `key`: the hour, or the id; empty: orders without a driver. */
export type BreakdownRow = Summary & {
  key: string;
  name: string;
  /** The whole days of both periods; null: these rows are not compared. */
  compared: { now: Summary; before: Summary } | null;
};

export type Comparison = 'all_days' | 'whole_days' | 'none';

/**
 * How the rows of a breakdown are compared. Figures of restaurants and drivers stand by the day: of a
 * period that is not over, the begun day is left out on both sides.
 */
export function comparisonOf(by: Breakdown, { current, untilMinute }: ComparedPeriods): Comparison {
  if (by !== 'restaurant' && by !== 'driver') return 'none';
  if (untilMinute === null) return 'all_days';
  return daysIn(current) > 1 ? 'whole_days' : 'none';
}

/** The rows of all keys that have figures in either period. */
export function rowsOf(
  figures: readonly Keyed[],
  summarise: (figures: Figures) => Summary,
  isCompared: boolean,
): Omit<BreakdownRow, 'name'>[] {
  return [...groupBy(figures, ({ key }) => key)].map(([key, own]) => {
    const whole = totalOf(own, 'current');
    return {
      ...summarise(addFigures([whole, totalOf(own, 'begun')])),
      key,
      compared: isCompared
        ? { now: summarise(whole), before: summarise(totalOf(own, 'before')) }
        : null,
    };
  });
}

/** By a column, then by name and key; what has nothing to say there comes last in either direction. */
export function sortRows(
  rows: readonly BreakdownRow[],
  sort: Sort,
  descending: boolean,
): BreakdownRow[] {
  const cellOf = (row: BreakdownRow): string | number | null =>
    sort === 'revenue' ? (row.revenue[0]?.amount ?? null) : row[sort];
  const byName = (a: BreakdownRow, b: BreakdownRow) =>
    a.name.localeCompare(b.name, 'en') || (a.key < b.key ? -1 : Number(a.key > b.key));
  return [...rows].sort((a, b) => {
    const [one, other] = [cellOf(a), cellOf(b)];
    if (one === null || other === null) {
      return one === other ? byName(a, b) : one === null ? 1 : -1;
    }
    const order = typeof one === 'number' && typeof other === 'number' ? one - other : byName(a, b);
    return (descending ? -order : order) || byName(a, b);
  });
}

/** What the page shows. */
export type AnalyticsReport = {
  zones: { id: string; name: string }[];
  periods: ComparedPeriods;
  /** Days of the period whose figures have yet to be computed for the first time. */
  waiting: number;
  /** When a day of the period was computed last; null: never. */
  computedAt: string | null;
  total: Summary;
  before: Summary;
  grain: Grain;
  series: Point[];
  stages: StageTime[];
  /** Why drivers did not take offers, and why orders came to nothing. */
  declined: ReasonCount[];
  lost: ReasonCount[];
  breakdown: BreakdownRow[];
  /** Rows that the breakdown has beyond those shown; the CSV has them all. */
  more: number;
};
