'use client';

import { MapPinned, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LazyMap } from '@/components/shared/lazy-map';
import { LoadingLabel } from '@/components/shared/loading-label';
import { PolygonShape } from '@/components/shared/map/polygon-shape';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { type RouterOutputs, trpc } from '@/trpc/client';
import { ZoneCard } from './zone-card';
import { ZoneForm } from './zone-form';

export type Zone = RouterOutputs['zones']['list'][number];

/** Where the platform works: every zone on one map, and what holds in each. */
export function ZonesPage() {
  const t = useTranslations('zones');
  const refusalOf = useRefusal();
  const { data: zones, error, refetch, isFetching } = trpc.zones.list.useQuery();
  const [editing, setEditing] = useState<Zone | 'new' | null>(null);
  const close = () => setEditing(null);
  return (
    <div className="mx-auto max-w-5xl px-4 pt-6 pb-20 sm:px-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <h1 className="text-xl">{t('title')}</h1>
          <p className="mt-1 max-w-2xl text-pretty text-quiet text-sm">{t('detail')}</p>
        </div>
        {zones && editing === null && (
          <Button variant="primary" onClick={() => setEditing('new')}>
            <Plus aria-hidden="true" />
            {t('draw')}
          </Button>
        )}
      </div>
      {!zones && !error && (
        <div className="mt-6 flex flex-col gap-4" aria-busy="true">
          <LoadingLabel />
          <Skeleton className="h-80" />
          <Skeleton className="h-40" />
        </div>
      )}
      {!zones && error && (
        <ErrorState title={t('failed')} onRetry={() => void refetch()} retrying={isFetching}>
          {refusalOf(error).message} {refusalOf(error).hint}
        </ErrorState>
      )}
      {zones && editing !== null && (
        <ZoneForm
          key={editing === 'new' ? 'new' : editing.id}
          zone={editing === 'new' ? null : editing}
          zones={zones}
          onClose={close}
        />
      )}
      {zones && editing === null && (
        <>
          {zones.length === 0 ? (
            <EmptyState icon={MapPinned} title={t('none')}>
              {t('noneDetail')}
            </EmptyState>
          ) : (
            <ZonesMap zones={zones} label={t('map')} />
          )}
          <ul className="mt-4 grid gap-4 sm:grid-cols-2">
            {zones.map((zone) => (
              <ZoneCard key={zone.id} zone={zone} onEdit={() => setEditing(zone)} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function ZonesMap({ zones, label }: { zones: readonly Zone[]; label: string }) {
  return (
    <LazyMap
      className="mt-6 h-80 rounded-card border border-line sm:h-96"
      fit={zones.flatMap(({ ring }) => ring.map(([lng, lat]) => ({ lng, lat })))}
      markers={[]}
      label={label}
      overlay={(view) => (
        <svg aria-hidden="true" className="absolute inset-0 size-full">
          {zones.map(({ id, name, ring }) => (
            <PolygonShape key={id} shape={{ id, label: name, ring }} view={view} />
          ))}
        </svg>
      )}
    />
  );
}
