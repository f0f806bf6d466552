import { ChartColumn, Table2 } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { useAnalyticsWords } from './use-analytics-words';

type PlotFrameProps = {
  /** What the plot says, as a sentence. */
  title: string;
  /** Under the plot, e.g. what a mark means. */
  legend?: ReactNode;
  columns: readonly string[];
  /** The table twin: the first cell names the row. */
  rows: readonly (readonly string[])[];
  children: ReactNode;
};

/** A sentence and the plot that shows it, or the same as a table. */
export function PlotFrame({ title, legend, columns, rows, children }: PlotFrameProps) {
  const { t } = useAnalyticsWords();
  const headingId = useId();
  const [asTable, setAsTable] = useState(false);
  const Icon = asTable ? ChartColumn : Table2;
  return (
    <section
      aria-labelledby={headingId}
      className="flex min-w-0 flex-1 flex-col rounded-card border border-line bg-raised px-4 pt-3 pb-4 sm:px-5"
    >
      <div className="flex items-start justify-between gap-2">
        <h2 id={headingId} className="numerals pt-2.5 text-base leading-snug">
          {title}
        </h2>
        {rows.length > 0 && (
          <Button
            variant="quiet"
            size="icon"
            aria-label={t(asTable ? 'plot.asPlot' : 'plot.asTable')}
            onClick={() => setAsTable(!asTable)}
            className="-me-2 shrink-0"
          >
            <Icon aria-hidden="true" />
          </Button>
        )}
      </div>
      {rows.length > 0 && (asTable ? <Twin columns={columns} rows={rows} /> : children)}
      {rows.length > 0 && !asTable && legend && (
        <div className="mt-3 text-pretty text-faint text-xs">{legend}</div>
      )}
    </section>
  );
}

function Twin({ columns, rows }: Pick<PlotFrameProps, 'columns' | 'rows'>) {
  const cell = (index: number) => cn('py-1.5', index === 0 ? 'text-start' : 'ps-4 text-end');
  return (
    <div className="mt-2 max-h-72 overflow-y-auto">
      <table className="numerals w-full text-sm">
        <thead>
          <tr className="text-quiet text-xs">
            {columns.map((column, index) => (
              <th key={column} scope="col" className={cn(cell(index), 'font-normal')}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map(([head = '', ...cells]) => (
            <tr key={head}>
              <th scope="row" className={cn(cell(0), 'font-medium')}>
                {head}
              </th>
              {cells.map((text, index) => (
                <td key={columns[index + 1]} className={cell(index + 1)}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
