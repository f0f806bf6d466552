'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { Timer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LoadingLabel } from '@/components/shared/loading-label';
import { useRefusal } from '@/components/shared/use-refusal';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/skeleton';
import type { StageAccuracy } from '@/domain/eta-accuracy';
import { trpc } from '@/trpc/client';
import { EtaPlot } from './eta-plot';
import { overall } from './eta-summary';
import { EtaTable } from './eta-table';
import { useEtaWords } from './use-eta-words';

const PERIODS = ['1', '7', '30'] as const;
type Period = (typeof PERIODS)[number];

/** How well the times that customers were shown came true. */
export function EtaPage() {
  const t = useTranslations('eta');
  const refusalOf = useRefusal();
  const [days, setDays] = useState<Period>('7');
  const { data, error, refetch, isFetching } = trpc.admin.etaReport.useQuery(
    { days: Number(days) },
    { placeholderData: keepPreviousData, refetchInterval: 30_000 },
  );
  return (
    <div className="mx-auto max-w-5xl px-4 pt-6 pb-20 sm:px-6">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div>
          <h1 className="text-xl">{t('title')}</h1>
          <p className="mt-1 max-w-xl text-pretty text-quiet text-sm">{t('detail')}</p>
        </div>
        <Segmented
          label={t('days.label')}
          value={days}
          onChange={setDays}
          segments={PERIODS.map((value) => ({ value, label: t(`days.${value}`) }))}
          className="max-sm:w-full"
        />
      </div>
      {!data && !error && <Loading />}
      {!data && error && (
        <ErrorState title={t('failed')} onRetry={() => void refetch()} retrying={isFetching}>
          {refusalOf(error).message} {refusalOf(error).hint}
        </ErrorState>
      )}
      {data?.length === 0 && (
        <EmptyState icon={Timer} title={t('empty.title')}>
          {t('empty.detail')}
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <>
          <Overall rows={data} />
          <EtaPlot rows={data} />
          <EtaTable rows={data} />
        </>
      )}
    </div>
  );
}

function Overall({ rows }: { rows: readonly StageAccuracy[] }) {
  const { t, percent } = useEtaWords();
  const all = overall(rows);
  if (!all) return null;
  return (
    <div className="mt-8">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="numerals heading text-[4rem] leading-none tracking-[-0.035em]">
          {percent(all.covered)}
        </span>
        <span className="text-lg">{t('overall.value')}</span>
      </p>
      <p className="numerals mt-3 text-quiet text-sm">
        {t('overall.of', { count: all.shown })} {t('overall.early', { share: percent(all.early) })}
        {' · '}
        {t('overall.late', { share: percent(all.late) })}
      </p>
    </div>
  );
}

const Loading = () => (
  <div className="mt-8 flex flex-col gap-4" aria-busy="true">
    <LoadingLabel />
    <Skeleton className="h-16 w-72" />
    <Skeleton className="h-72" />
    <Skeleton className="h-64" />
  </div>
);
