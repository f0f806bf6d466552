'use client';

import { useTranslations } from 'next-intl';
import { LoadingLabel } from '@/components/shared/loading-label';
import { useRefusal } from '@/components/shared/use-refusal';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { trpc } from '@/trpc/client';
import { ZonePanel } from './zone-panel';

/** How each zone finds its drivers, and the knobs of it. */
export function DispatchPage() {
  const t = useTranslations('dispatch');
  const refusalOf = useRefusal();
  const { data, error, refetch, isFetching } = trpc.admin.dispatchPolicies.useQuery(undefined, {
    refetchInterval: 15_000,
  });
  return (
    <div className="mx-auto max-w-4xl px-4 pt-6 pb-20 sm:px-6">
      <h1 className="text-xl">{t('title')}</h1>
      <p className="mt-1 max-w-2xl text-pretty text-quiet text-sm">{t('detail')}</p>
      {!data && !error && (
        <div className="mt-6 flex flex-col gap-4" aria-busy="true">
          <LoadingLabel />
          <Skeleton className="h-32" />
          <Skeleton className="h-96" />
        </div>
      )}
      {!data && error && (
        <ErrorState title={t('failed')} onRetry={() => void refetch()} retrying={isFetching}>
          {refusalOf(error).message} {refusalOf(error).hint}
        </ErrorState>
      )}
      {data?.zones.map((zone) => (
        <ZonePanel key={zone.zoneId} zone={zone} defaults={data.defaults} onSaved={refetch} />
      ))}
    </div>
  );
}
