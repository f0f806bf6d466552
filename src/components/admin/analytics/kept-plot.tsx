import type { AnalyticsReport, Point } from '@/domain/analytics/report';
import { Columns } from './columns';
import { PlotFrame } from './plot-frame';
import { useAnalyticsWords } from './use-analytics-words';

/** From this share on a column is as it should be. */
const WELL_KEPT = 0.9;

type Told = Point & { kept: number };
const isTold = (point: Point): point is Told => point.kept !== null;

/** One thing: when promises were kept, and when not. */
export function KeptPlot({ report: { series, grain, total } }: { report: AnalyticsReport }) {
  const { t, number, percent, hour, day, when } = useAnalyticsWords();
  const words = grain === 'hour' ? hour : day;
  const told = series.filter(isTold);
  const [least] = [...told].sort((a, b) => a.kept - b.kept || b.delivered - a.delivered);
  const title = !least
    ? t('kept.none')
    : least.kept === 1
      ? t('kept.all')
      : t('kept.title', {
          share: percent(total.kept),
          when: when(least.key, grain),
          least: percent(least.kept),
        });
  return (
    <PlotFrame
      title={title}
      columns={[
        t(grain === 'hour' ? 'plot.time' : 'plot.dayColumn'),
        t('kept.column'),
        t('kept.delivered'),
      ]}
      rows={told.map((each) => [words(each.key), percent(each.kept), number(each.delivered)])}
    >
      <Columns
        description={told.map((each) => `${words(each.key)}: ${percent(each.kept)}`).join('; ')}
        columns={series.map((each) => ({
          key: each.key,
          label: words(each.key),
          height: each.kept ?? 0,
          mark: null,
          tone: (each.kept ?? 0) >= WELL_KEPT ? 'bg-good' : 'bg-warn',
          note: each === least && least.kept < 1 ? percent(least.kept) : undefined,
        }))}
      />
    </PlotFrame>
  );
}
