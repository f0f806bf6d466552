import type { Cell } from '@/domain/csv';
import { addDays } from '@/domain/wall-clock';
import { changeOf, differenceOf } from './figures';
import type { ComparedPeriods, DayRange } from './period';
import type { BreakdownRow, Comparison, Summary } from './report';

type Figure = {
  column: string;
  /** Ends the names of its columns. */
  unit: string;
  of: (summary: Summary) => number | null;
  digits: number;
  /** Told by the difference, in percentage points, not as a share of what it was. */
  isShare?: boolean;
};

const FIGURES: readonly Figure[] = [
  { column: 'delivery_median', unit: '_s', of: (s) => s.deliveryMedian, digits: 0 },
  { column: 'delivery_p90', unit: '_s', of: (s) => s.deliveryP90, digits: 0 },
  { column: 'kitchen_median', unit: '_s', of: (s) => s.kitchenMedian, digits: 0 },
  { column: 'ride_median', unit: '_s', of: (s) => s.rideMedian, digits: 0 },
  { column: 'promise_kept', unit: '', of: (s) => s.kept, digits: 4, isShare: true },
  { column: 'acceptance', unit: '', of: (s) => s.acceptance, digits: 4, isShare: true },
  { column: 'utilisation', unit: '', of: (s) => s.utilisation, digits: 4, isShare: true },
  { column: 'rating', unit: '', of: (s) => s.rating, digits: 2 },
];

/** Minor units of one currency, nothing in the others. */
const amountIn = ({ revenue }: Summary, currency: string): number =>
  revenue.find((each) => each.currency === currency)?.amount ?? 0;

const figuresIn = (currency: string): readonly Figure[] => [
  { column: 'orders', unit: '', of: (s) => s.orders, digits: 0 },
  { column: 'delivered', unit: '', of: (s) => s.delivered, digits: 0 },
  { column: 'lost', unit: '', of: (s) => s.lost, digits: 0 },
  { column: 'revenue', unit: '', of: (s) => amountIn(s, currency), digits: 0 },
  ...FIGURES,
];

const comparedColumns = ({ column, unit, isShare }: Figure): string[] => [
  `${column}_before${unit}`,
  `${column}_change_${isShare ? 'points' : 'percent'}`,
];

const HEAD = [
  ...['name', 'id', 'orders', 'delivered', 'lost', 'currency', 'revenue'],
  ...FIGURES.map(({ column, unit }) => `${column}${unit}`),
  ...['compared_from', 'compared_to', 'before_from', 'before_to'],
  ...figuresIn('').flatMap(comparedColumns),
];

const rounded = (value: number | null, digits: number): number | null =>
  value === null ? null : Number(value.toFixed(digits));

/** What each figure was before, and by how much it moved: in percent of that, shares in points. */
const moved = (figure: Figure, { now, before }: NonNullable<BreakdownRow['compared']>): Cell[] => {
  const [here, there] = [figure.of(now), figure.of(before)];
  const change = figure.isShare ? differenceOf(here, there) : changeOf(here, there);
  return [rounded(there, figure.digits), rounded(change === null ? null : change * 100, 1)];
};

/** The days that are held against each other; null: none are. */
function comparedDays(
  { current, before }: ComparedPeriods,
  comparison: Comparison,
): { current: DayRange; before: DayRange } | null {
  if (comparison === 'none') return null;
  if (comparison === 'all_days') return { current, before };
  const whole = ({ from, to }: DayRange) => ({ from, to: addDays(to, -1) });
  return { current: whole(current), before: whole(before) };
}

/** One line for each currency: amounts of several are never added up. */
function linesOf(row: BreakdownRow, days: ReturnType<typeof comparedDays>): Cell[][] {
  const earned = [row, row.compared?.before].flatMap((summary) => summary?.revenue ?? []);
  const currencies = new Set(earned.map(({ currency }) => currency));
  return (currencies.size > 0 ? [...currencies] : ['']).map((currency) => {
    const { compared } = row;
    const range = days && [days.current.from, days.current.to, days.before.from, days.before.to];
    return [
      ...[row.name, row.key, row.orders, row.delivered, row.lost],
      ...[currency, amountIn(row, currency)],
      ...FIGURES.map(({ of, digits }) => rounded(of(row), digits)),
      ...(range ?? [null, null, null, null]),
      ...figuresIn(currency).flatMap((figure) =>
        compared ? moved(figure, compared) : [null, null],
      ),
    ];
  });
}

/**
 * A breakdown as the lines of a file. Revenue in minor units, durations in seconds, shares of 1. Columns that
 * compare are empty where rows are not compared; a period that is not over is compared without its begun day.
 */
export const breakdownLines = (
  rows: readonly BreakdownRow[],
  periods: ComparedPeriods,
  comparison: Comparison,
): Cell[][] => {
  const days = comparedDays(periods, comparison);
  return [HEAD, ...rows.flatMap((row) => linesOf(row, days))];
};
