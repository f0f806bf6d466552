import type { AnalyticsReport } from '@/domain/analytics/report';
import { Columns } from './columns';
import { PlotFrame } from './plot-frame';
import { useAnalyticsWords } from './use-analytics-words';

/** One thing: when the orders come, and when they came before. */
export function OrdersPlot({ report: { series, grain, total } }: { report: AnalyticsReport }) {
  const { t, number, hour, day, when } = useAnalyticsWords();
  const words = grain === 'hour' ? hour : day;
  const highest = Math.max(1, ...series.map((each) => Math.max(each.orders, each.ordersBefore)));
  const [peak] = [...series].sort((a, b) => b.orders - a.orders);
  const title =
    peak && total.orders > 0
      ? t('orders.title', {
          count: total.orders,
          when: when(peak.key, grain),
          most: number(peak.orders),
        })
      : t('orders.none');
  return (
    <PlotFrame
      title={title}
      legend={<Marks />}
      columns={[
        t(grain === 'hour' ? 'plot.time' : 'plot.dayColumn'),
        t('orders.column'),
        t('plot.before'),
      ]}
      rows={series.map((each) => [words(each.key), number(each.orders), number(each.ordersBefore)])}
    >
      <Columns
        description={series
          .filter((each) => each.orders > 0 || each.ordersBefore > 0)
          .map((each) =>
            t('plot.point', {
              when: words(each.key),
              now: number(each.orders),
              before: number(each.ordersBefore),
            }),
          )
          .join('; ')}
        columns={series.map((each) => ({
          key: each.key,
          label: words(each.key),
          height: each.orders / highest,
          mark: each.ordersBefore / highest,
          tone: 'bg-accent',
          note: each === peak && each.orders > 0 ? number(each.orders) : undefined,
        }))}
      />
    </PlotFrame>
  );
}

function Marks() {
  const { t } = useAnalyticsWords();
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1">
      <span className="flex items-center gap-1.5">
        <span aria-hidden="true" className="size-3 rounded-[3px] bg-accent" />
        {t('plot.now')}
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden="true" className="h-0.5 w-3 bg-ink" />
        {t('plot.before')}
      </span>
    </p>
  );
}
