import { ArrowDown, ArrowUp } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { Select } from '@/components/ui/select';
import type { Breakdown, BreakdownRow, Sort } from '@/domain/analytics/report';
import type { Looking } from './analytics-in-url';
import { type AnalyticsWords, useAnalyticsWords } from './use-analytics-words';

type Column = Exclude<Sort, 'name'>;

/** What says something about these rows: a kitchen rides nowhere, and a driver cooks nothing. */
const COLUMNS: Record<Breakdown, readonly Column[]> = {
  zone: [
    ...(['orders', 'revenue', 'deliveryMedian', 'deliveryP90', 'kept'] as const),
    ...(['acceptance', 'utilisation', 'rating', 'lost'] as const),
  ],
  hour: [
    ...(['orders', 'revenue', 'deliveryMedian', 'deliveryP90', 'kept'] as const),
    ...(['acceptance', 'utilisation', 'rating', 'lost'] as const),
  ],
  restaurant: [
    ...(['orders', 'revenue', 'kitchenMedian', 'deliveryMedian', 'deliveryP90'] as const),
    ...(['kept', 'acceptance', 'rating', 'lost'] as const),
  ],
  driver: [
    ...(['orders', 'rideMedian', 'deliveryMedian', 'deliveryP90', 'kept'] as const),
    ...(['acceptance', 'utilisation', 'rating'] as const),
  ],
};

function cellWords(row: BreakdownRow, column: Column, words: AnalyticsWords): string {
  switch (column) {
    case 'orders':
    case 'lost':
      return words.number(row[column]);
    case 'revenue':
      return words.revenue(row.revenue);
    case 'kept':
    case 'acceptance':
    case 'utilisation':
      return words.percent(row[column]);
    case 'rating':
      return words.stars(row.rating);
    case 'deliveryMedian':
    case 'deliveryP90':
    case 'kitchenMedian':
    case 'rideMedian':
      return words.duration(row[column]);
  }
}

type BreakdownTableProps = {
  rows: readonly BreakdownRow[];
  looking: Looking;
  onLook: (change: Partial<Looking>) => void;
};

/** A row each, sorted by any column; on phones a card each. */
export function BreakdownTable({ rows, looking, onLook }: BreakdownTableProps) {
  const words = useAnalyticsWords();
  const { t } = words;
  const columns = COLUMNS[looking.by];
  const nameOf = ({ key, name }: BreakdownRow) => (key === '' ? t('breakdown.noDriver') : name);
  const sortBy = (sort: Sort) =>
    onLook({ sort, descending: looking.sort === sort ? !looking.descending : sort !== 'name' });
  return (
    <>
      <div className="mt-4 overflow-x-auto rounded-card border border-line bg-raised max-lg:hidden">
        <table className="numerals w-full text-sm">
          <thead>
            <tr className="border-line border-b">
              {(['name', ...columns] as const).map((column) => (
                <Head
                  key={column}
                  label={column === 'name' ? t(`breakdown.${looking.by}`) : t(`column.${column}`)}
                  sorted={looking.sort === column ? looking.descending : null}
                  start={column === 'name'}
                  onSort={() => sortBy(column)}
                />
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map((row) => (
              <tr key={row.key}>
                <th
                  scope="row"
                  dir="auto"
                  className="max-w-64 truncate px-4 py-2.5 text-start font-medium"
                >
                  {nameOf(row)}
                </th>
                {columns.map((column) => (
                  <td key={column} className="whitespace-nowrap px-3 py-2.5 text-end last:pe-4">
                    {cellWords(row, column, words)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="lg:hidden">
        <Select
          label={t('breakdown.sort')}
          value={looking.sort}
          onChange={(sort) => onLook({ sort, descending: sort !== 'name' })}
          items={(['name', ...columns] as const).map((value) => ({
            value,
            label: t(`column.${value}`),
          }))}
          className="mt-4 max-sm:w-full"
        />
        <ul className="mt-3 grid gap-3 sm:grid-cols-2">
          {rows.map((row) => (
            <li key={row.key} className="rounded-card border border-line bg-raised p-4">
              <h3 dir="auto" className="text-sm">
                {nameOf(row)}
              </h3>
              <dl className="numerals mt-2 flex flex-col gap-1.5 text-sm">
                {columns.map((column) => (
                  <div key={column} className="flex justify-between gap-4">
                    <dt className="text-quiet">{t(`column.${column}`)}</dt>
                    <dd className="text-end">{cellWords(row, column, words)}</dd>
                  </div>
                ))}
              </dl>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

type HeadProps = {
  label: string;
  /** Descending or not; null: sorted by another column. */
  sorted: boolean | null;
  start: boolean;
  onSort: () => void;
};

function Head({ label, sorted, start, onSort }: HeadProps) {
  const Arrow = sorted ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={sorted === null ? 'none' : sorted ? 'descending' : 'ascending'}
      className={cn('p-0 font-normal', start ? 'text-start' : 'text-end')}
    >
      <button
        type="button"
        onClick={onSort}
        className={cn(
          'inline-flex min-h-11 items-center gap-1 px-3 text-xs hover:text-ink focus-visible:-outline-offset-2',
          start && 'ps-4',
          sorted === null ? 'text-quiet' : 'font-medium text-ink',
        )}
      >
        {label}
        {sorted !== null && <Arrow aria-hidden="true" className="size-3.5" />}
      </button>
    </th>
  );
}
