import { ArrowDown, ArrowUp } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { Select } from '@/components/ui/select';
import type { Breakdown, BreakdownRow, Sort, Summary } from '@/domain/analytics/report';
import type { Looking } from './analytics-in-url';
import { type Compared, type Moved, movedOf, toneOf } from './moved';
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

/** How each column is compared with the period before. */
const COMPARED: Record<Column, Compared> = {
  orders: { isShare: false, better: 'more' },
  revenue: { isShare: false, better: 'more' },
  deliveryMedian: { isShare: false, better: 'less' },
  deliveryP90: { isShare: false, better: 'less' },
  kitchenMedian: { isShare: false, better: 'less' },
  rideMedian: { isShare: false, better: 'less' },
  kept: { isShare: true, better: 'more' },
  acceptance: { isShare: true, better: 'more' },
  utilisation: { isShare: true, better: null },
  rating: { isShare: false, better: 'more' },
  lost: { isShare: false, better: 'less' },
};

/** Amounts of several currencies are no figure. */
const figureOf = (row: Summary, column: Column): number | null => {
  if (column !== 'revenue') return row[column];
  return row.revenue.length === 1 ? (row.revenue[0]?.amount ?? null) : null;
};

function cellWords(row: Summary, column: Column, words: AnalyticsWords): string {
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

type CellProps = { row: BreakdownRow; column: Column; words: AnalyticsWords };

/** A figure, and below it how it moved: a direction by its arrow and its words, good or bad by colour. */
function Cell({ row, column, words }: CellProps) {
  const { compared } = row;
  const how = COMPARED[column];
  const moved =
    compared && movedOf(figureOf(compared.now, column), figureOf(compared.before, column), how);
  return (
    <>
      {cellWords(row, column, words)}
      {compared && moved && moved.direction !== 'same' && (
        <MovedLine
          moved={moved}
          change={how.isShare ? words.points(moved.by) : words.percent(moved.by)}
          before={cellWords(compared.before, column, words)}
          words={words}
        />
      )}
    </>
  );
}

type MovedLineProps = { moved: Moved; change: string; before: string; words: AnalyticsWords };

function MovedLine({ moved, change, before, words: { t } }: MovedLineProps) {
  const Arrow = moved.direction === 'more' ? ArrowUp : ArrowDown;
  const said = t(moved.direction === 'more' ? 'tile.more' : 'tile.less', { change, before });
  return (
    <span
      title={said}
      className={cn('flex items-center justify-end gap-0.5 text-xs', toneOf(moved))}
    >
      <Arrow aria-hidden="true" className="size-3 shrink-0" />
      <span aria-hidden="true">{change}</span>
      <span className="sr-only">{said}</span>
    </span>
  );
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
                  className="max-w-64 truncate px-4 py-2.5 text-start align-top font-medium"
                >
                  {nameOf(row)}
                </th>
                {columns.map((column) => (
                  <td
                    key={column}
                    className="whitespace-nowrap px-3 py-2.5 text-end align-top last:pe-4"
                  >
                    <Cell row={row} column={column} words={words} />
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
                    <dd className="text-end">
                      <Cell row={row} column={column} words={words} />
                    </dd>
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
