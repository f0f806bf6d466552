'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { ChartColumn } from 'lucide-react';
import { useNow } from '@/components/shared/clock';
import { LoadingLabel } from '@/components/shared/loading-label';
import { useFormat } from '@/components/shared/use-format';
import { useRefusal } from '@/components/shared/use-refusal';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import type { AnalyticsReport } from '@/domain/analytics/report';
import { trpc } from '@/trpc/client';
import { AT_FIRST, toQuery } from './analytics-in-url';
import { BreakdownSection } from './breakdown-section';
import { KeptPlot } from './kept-plot';
import { OrdersPlot } from './orders-plot';
import { PeriodPicker } from './period-picker';
import { ReasonsPlot } from './reasons-plot';
import { StagesPlot } from './stages-plot';
import { Tiles } from './tiles';
import { useAnalyticsWords } from './use-analytics-words';
import { useLooking } from './use-looking';

/** Today's figures are at most a few seconds old where they are counted; the page asks as often. */
const REFRESH_MS = 5_000;

/** How the business goes: a period against the same days before, what stands out, and the rows behind. */
export function AnalyticsPage() {
  const { t } = useAnalyticsWords();
  const refusalOf = useRefusal();
  const { looking, look } = useLooking();
  const query = toQuery(looking);
  const { data, error, refetch, isFetching } = trpc.analytics.report.useQuery(
    query ?? { period: 'today', by: AT_FIRST.by },
    { enabled: query !== null, placeholderData: keepPreviousData, refetchInterval: REFRESH_MS },
  );
  return (
    <div className="mx-auto max-w-6xl px-4 pt-6 pb-20 sm:px-6">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div>
          <h1 className="text-xl">{t('title')}</h1>
          {data && <Against report={data} />}
        </div>
        <PeriodPicker looking={looking} onLook={look} zones={data?.zones ?? []} />
      </div>
      {!query && <p className="mt-6 text-quiet text-sm">{t('period.choose')}</p>}
      {query && !data && !error && <Loading />}
      {query && error && (
        <ErrorState title={t('failed')} onRetry={() => void refetch()} retrying={isFetching}>
          {refusalOf(error).message} {refusalOf(error).hint}
        </ErrorState>
      )}
      {query && data && !error && (
        <>
          <Tiles report={data} />
          {data.total.orders === 0 ? (
            <EmptyState icon={ChartColumn} title={t('empty.title')}>
              {t('empty.detail')}
            </EmptyState>
          ) : (
            <div className="mt-6 grid gap-4 lg:grid-cols-2">
              <OrdersPlot report={data} />
              <KeptPlot report={data} />
              <StagesPlot stages={data.stages} />
              <div className="flex flex-col gap-4">
                <ReasonsPlot area="declined" reasons={data.declined} />
                <ReasonsPlot area="lost" reasons={data.lost} />
              </div>
            </div>
          )}
          <BreakdownSection report={data} looking={looking} onLook={look} />
        </>
      )}
    </div>
  );
}

function Against({ report }: { report: AnalyticsReport }) {
  const { t, day } = useAnalyticsWords();
  const format = useFormat();
  const now = useNow(5);
  const { before, untilMinute } = report.periods;
  const single = before.from === before.to;
  const days = { day: day(before.from), from: day(before.from), to: day(before.to) };
  const minute = untilMinute ?? 0;
  const time = [Math.floor(minute / 60), minute % 60]
    .map((part) => `${part}`.padStart(2, '0'))
    .join(':');
  const period =
    untilMinute === null
      ? t(single ? 'day' : 'days', days)
      : t(single ? 'dayUntil' : 'daysUntil', { ...days, time });
  return (
    <p className="numerals mt-1 text-quiet text-sm" suppressHydrationWarning>
      {t('against', { period })}
      {report.computedAt && (
        <>
          {' · '}
          {t('computed', { ago: format.ago(report.computedAt, now) })}
        </>
      )}
      {report.waiting > 0 && (
        <span role="status" className="block">
          {t('waiting', { count: report.waiting })}
        </span>
      )}
    </p>
  );
}

const Loading = () => (
  <div className="mt-6 flex flex-col gap-4" aria-busy="true">
    <LoadingLabel />
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-3 xl:grid-cols-6">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <Skeleton key={key} className="h-28 rounded-card" />
      ))}
    </div>
    <div className="grid gap-4 lg:grid-cols-2">
      <Skeleton className="h-72 rounded-card" />
      <Skeleton className="h-72 rounded-card" />
    </div>
  </div>
);
