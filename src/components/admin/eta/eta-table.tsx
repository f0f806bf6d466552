import { cn } from '@/components/ui/cn';
import type { StageAccuracy } from '@/domain/eta-accuracy';
import { useEtaWords } from './use-eta-words';

const COLUMNS = ['shown', 'inside', 'early', 'late', 'error', 'bias', 'width', 'learnt'] as const;
/** Less than this is no bias, minutes. */
const NO_BIAS_MINUTES = 0.05;

/** What the plot says, and all that it leaves out; on phones a card for each stage. */
export function EtaTable({ rows }: { rows: readonly StageAccuracy[] }) {
  const words = useEtaWords();
  const { t } = words;
  return (
    <section aria-labelledby="table-heading" className="mt-10">
      <h2 id="table-heading" className="text-base">
        {t('table.title')}
      </h2>
      <div className="mt-4 overflow-hidden rounded-card border border-line bg-raised max-lg:hidden">
        <table className="numerals w-full text-sm">
          <thead>
            <tr className="border-line border-b text-quiet text-xs">
              <Head start>{t('table.stage')}</Head>
              {COLUMNS.map((column) => (
                <Head key={column}>{t(`table.${column}`)}</Head>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map((row) => (
              <tr key={row.stage}>
                <th scope="row" className="px-4 py-3 text-start font-medium">
                  {t(`stage.${row.stage}`)}
                </th>
                {COLUMNS.map((column) => (
                  <td key={column} className="px-3 py-3 text-end last:pe-4">
                    {cellWords(row, column, words)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="mt-4 grid gap-3 sm:grid-cols-2 lg:hidden">
        {rows.map((row) => (
          <li key={row.stage} className="rounded-card border border-line bg-raised p-4">
            <h3 className="text-sm">{t(`stage.${row.stage}`)}</h3>
            <dl className="numerals mt-2 flex flex-col gap-1.5 text-sm">
              {COLUMNS.map((column) => (
                <div key={column} className="flex justify-between gap-4">
                  <dt className="text-quiet">{t(`table.${column}`)}</dt>
                  <dd className="text-end">{cellWords(row, column, words)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
      <p className="mt-3 max-w-2xl text-pretty text-faint text-xs">{t('legend')}</p>
    </section>
  );
}

type HeadProps = { start?: boolean; children: string };

const Head = ({ start = false, children }: HeadProps) => (
  <th
    scope="col"
    className={cn(
      'px-3 py-2.5 font-normal first:ps-4 last:pe-4',
      start ? 'text-start' : 'text-end',
    )}
  >
    {children}
  </th>
);

const hundredths = (value: number) => Math.round(value * 100) / 100;

function cellWords(
  row: StageAccuracy,
  column: (typeof COLUMNS)[number],
  { t, number, tenths, percent, minutes }: ReturnType<typeof useEtaWords>,
): string {
  switch (column) {
    case 'shown':
      return number(row.shown);
    case 'inside':
      return percent(row.covered);
    case 'early':
      return percent(row.early);
    case 'late':
      return percent(row.late);
    case 'error':
      return minutes(row.meanError);
    case 'width':
      return minutes(row.width);
    case 'bias': {
      const value = tenths(Math.abs(row.bias));
      if (Math.abs(row.bias) < NO_BIAS_MINUTES) return t('table.none');
      return t(row.bias > 0 ? 'table.laterBy' : 'table.earlierBy', { value });
    }
    case 'learnt':
      return row.calibration
        ? t('table.learntFrom', {
            low: number(hundredths(row.calibration.low)),
            high: number(hundredths(row.calibration.high)),
          })
        : t('table.first');
  }
}
