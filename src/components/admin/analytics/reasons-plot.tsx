import type { ReasonCount } from '@/domain/analytics/report';
import { PlotFrame } from './plot-frame';
import { useAnalyticsWords } from './use-analytics-words';

/** So many reasons are drawn; the table has them all. */
const DRAWN = 5;

type ReasonsPlotProps = { area: 'declined' | 'lost'; reasons: readonly ReasonCount[] };

/** One thing: why offers, or orders, came to nothing most often. */
export function ReasonsPlot({ area, reasons }: ReasonsPlotProps) {
  const { t, number, reason } = useAnalyticsWords();
  const [first] = reasons;
  const count = reasons.reduce((sum, each) => sum + each.count, 0);
  return (
    <PlotFrame
      title={first ? t(`${area}.title`, { count, reason: reason(first) }) : t(`${area}.none`)}
      columns={[t('reasons.reason'), t('reasons.count')]}
      rows={reasons.map((each) => [reason(each), number(each.count)])}
    >
      <ul className="mt-3 flex flex-col gap-2.5">
        {reasons.slice(0, DRAWN).map((each) => (
          <li
            key={`${each.how} ${each.why}`}
            className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_3rem] items-center gap-3 text-sm"
          >
            <span className="sr-only">
              {t('reasons.row', { reason: reason(each), count: number(each.count) })}
            </span>
            <span aria-hidden="true">{reason(each)}</span>
            <span aria-hidden="true" className="h-4 rounded-[4px] bg-sunken">
              <span
                style={{ width: `${((each.count / (first?.count ?? 1)) * 100).toFixed(1)}%` }}
                className="block h-full rounded-[4px] bg-info"
              />
            </span>
            <span aria-hidden="true" className="numerals text-end font-semibold">
              {number(each.count)}
            </span>
          </li>
        ))}
      </ul>
    </PlotFrame>
  );
}
