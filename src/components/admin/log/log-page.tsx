'use client';

import { ScrollText, X } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useBoard } from '@/components/admin/admin-shell';
import { actorWords } from '@/components/admin/moment/actor-words';
import { useNow } from '@/components/shared/clock';
import { LiveBadge } from '@/components/shared/live-badge';
import { LoadingLabel } from '@/components/shared/loading-label';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { Switch } from '@/components/ui/switch';
import { type LogFilters, readLogFilters, writeLogFilters } from './log-filter-in-url';
import { LogFilterBar } from './log-filters';
import { LogRow } from './log-row';
import { LogTabs } from './log-tabs';
import { useLog } from './use-log';

/** The event log: everything that has happened, who did it, and from where. */
export function LogPage() {
  const t = useTranslations('log');
  const filters = readLogFilters(useSearchParams());
  const [tailing, setTailing] = useState(true);
  // The address, which is where the filters are kept.
  const change = (part: Partial<LogFilters>) => {
    const search = writeLogFilters({ ...filters, ...part });
    window.history.replaceState(null, '', `/admin/events${search}`);
  };
  return (
    <div className="mx-auto max-w-6xl px-4 pt-5 pb-20 sm:px-6">
      <h1 className="text-xl">{t('title')}</h1>
      <LogTabs />
      <LogFilterBar filters={filters} onChange={change} />
      <Lines
        key={writeLogFilters(filters)}
        filters={filters}
        tailing={tailing}
        onTail={setTailing}
        onActor={(actor) => change({ actor })}
      />
    </div>
  );
}

type LinesProps = {
  filters: LogFilters;
  tailing: boolean;
  onTail: (on: boolean) => void;
  onActor: (actor: string | null) => void;
};

function Lines({ filters, tailing, onTail, onActor }: LinesProps) {
  const t = useTranslations('log');
  const story = useTranslations('story');
  const { viewer } = useBoard();
  const now = useNow(60);
  const refusalOf = useRefusal();
  const { lines, skipped, live, loading, error, retry, retrying, more } = useLog(filters, tailing);
  const named = lines.find(({ actor }) => actor === filters.actor)?.actorName;
  return (
    <>
      <div className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2">
        <Switch checked={tailing} onChange={onTail} label={t('tail')} />
        {tailing && <LiveBadge live={live} />}
        {skipped > 0 && (
          <span className="numerals text-quiet text-sm">{t('skipped', { count: skipped })}</span>
        )}
        {filters.actor && (
          <Button size="sm" onClick={() => onActor(null)} className="ms-auto">
            {t('byActor', {
              name: named ?? actorWords(filters.actor, {}, viewer.userId, story),
            })}
            <X aria-hidden="true" />
            <span className="sr-only">{t('removeActor')}</span>
          </Button>
        )}
      </div>
      {error && (
        <ErrorState title={t('failed')} onRetry={retry} retrying={retrying}>
          {refusalOf(error).message} {refusalOf(error).hint}
        </ErrorState>
      )}
      {loading && !error && (
        <div className="mt-2 flex flex-col gap-2" aria-busy="true">
          <LoadingLabel />
          {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
            <Skeleton key={key} className="h-11" />
          ))}
        </div>
      )}
      {!loading && !error && lines.length === 0 && (
        <EmptyState icon={ScrollText} title={t('none')}>
          {t('noneDetail')}
        </EmptyState>
      )}
      {lines.length > 0 && (
        <ul
          aria-label={t('title')}
          className="mt-2 overflow-hidden rounded-card border border-line bg-raised"
        >
          {lines.map((line) => (
            <LogRow key={line.id} line={line} now={now} me={viewer.userId} onActor={onActor} />
          ))}
        </ul>
      )}
      {more.there && (
        <Button onClick={more.load} loading={more.loading} className="mt-4">
          {t('older')}
        </Button>
      )}
    </>
  );
}
