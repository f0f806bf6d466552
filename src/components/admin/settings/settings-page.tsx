'use client';

import { useTranslations } from 'next-intl';
import { LoadingLabel } from '@/components/shared/loading-label';
import { useRefusal } from '@/components/shared/use-refusal';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { trpc } from '@/trpc/client';
import { ApiKeys } from './api-keys';
import { Changes } from './changes';
import { FiguresPanel } from './figures-panel';
import { LadderPanel } from './ladder-panel';
import { NoticeDefaultsPanel } from './notice-defaults-panel';
import { Promos } from './promos';
import { SettingsTabs } from './settings-tabs';

/** What holds for the whole platform, and who changed it. */
export function SettingsPage() {
  const t = useTranslations('settings');
  const refusalOf = useRefusal();
  const { data, error, refetch, isFetching } = trpc.settings.get.useQuery(undefined, {
    refetchInterval: 15_000,
  });
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-6 px-4 pt-6 pb-20 sm:px-6">
      <h1 className="text-xl">{t('title')}</h1>
      <SettingsTabs />
      <Promos />
      {!data && !error && (
        <div className="flex flex-col gap-4" aria-busy="true">
          <LoadingLabel />
          <Skeleton className="h-48" />
          <Skeleton className="h-48" />
        </div>
      )}
      {!data && error && (
        <ErrorState title={t('failed')} onRetry={() => void refetch()} retrying={isFetching}>
          {refusalOf(error).message} {refusalOf(error).hint}
        </ErrorState>
      )}
      {data && (
        <>
          <FiguresPanel section="terms" stored={data.terms} onSaved={refetch} />
          <NoticeDefaultsPanel stored={data.notices} onSaved={refetch} />
          <FiguresPanel section="retention" stored={data.retention} onSaved={refetch} />
        </>
      )}
      <LadderPanel />
      <ApiKeys />
      <Changes />
    </div>
  );
}
