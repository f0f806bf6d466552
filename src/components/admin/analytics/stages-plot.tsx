import type { StageTime } from '@/domain/analytics/report';
import { PlotFrame } from './plot-frame';
import { useAnalyticsWords } from './use-analytics-words';

const width = (share: number) => `${(share * 100).toFixed(1)}%`;

/** One thing: where the time goes. */
export function StagesPlot({ stages }: { stages: readonly StageTime[] }) {
  const { t, number, duration } = useAnalyticsWords();
  const longest = Math.max(1, ...stages.map(({ p90 }) => p90));
  const [slowest] = [...stages].sort((a, b) => b.median - a.median);
  const name = ({ stage }: StageTime) => t(`stages.${stage}`);
  return (
    <PlotFrame
      title={
        slowest
          ? t('stages.title', { stage: name(slowest), median: duration(slowest.median) })
          : t('stages.none')
      }
      legend={t('stages.legend')}
      columns={[t('stages.stage'), t('stages.median'), t('stages.p90'), t('stages.count')]}
      rows={stages.map((each) => [
        name(each),
        duration(each.median),
        duration(each.p90),
        number(each.count),
      ])}
    >
      <ul className="mt-3 flex flex-1 flex-col justify-center gap-4">
        {stages.map((each) => (
          <li key={each.stage}>
            <span className="sr-only">
              {t('stages.row', {
                stage: name(each),
                median: duration(each.median),
                p90: duration(each.p90),
              })}
            </span>
            <div aria-hidden="true">
              <p className="numerals flex justify-between gap-3 text-sm">
                <span>{name(each)}</span>
                <span className="text-quiet">
                  <span className="font-semibold text-ink">{duration(each.median)}</span>
                  {' – '}
                  {duration(each.p90)}
                </span>
              </p>
              <div className="relative mt-1.5 h-4 rounded-[4px] bg-sunken">
                <div
                  style={{ width: width(each.p90 / longest) }}
                  className="absolute inset-y-[7px] start-0 border-ink border-e-2 bg-edge"
                />
                <div
                  style={{ width: width(each.median / longest) }}
                  className="absolute inset-y-0 start-0 rounded-[4px] bg-accent"
                />
                <div
                  style={{ insetInlineStart: `calc(${width(each.p90 / longest)} - 2px)` }}
                  className="absolute inset-y-0.5 w-0.5 bg-ink"
                />
              </div>
            </div>
          </li>
        ))}
      </ul>
    </PlotFrame>
  );
}
