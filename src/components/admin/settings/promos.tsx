'use client';

import { Plus, TicketPercent } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { useRefusal } from '@/components/shared/use-refusal';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { type RouterOutputs, trpc } from '@/trpc/client';
import { PromoDialog } from './promo-dialog';

export type Promo = RouterOutputs['settings']['promos']['promos'][number];

/** The codes that customers type: what each takes off, its limits and its use. */
export function Promos() {
  const t = useTranslations('settings.promos');
  const refusalOf = useRefusal();
  const { data, error, refetch, isFetching } = trpc.settings.promos.useQuery(undefined, {
    refetchInterval: 15_000,
  });
  const [editing, setEditing] = useState<Promo | 'new' | null>(null);
  return (
    <section aria-labelledby="promos-title">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 id="promos-title" className="text-lg">
            {t('title')}
          </h2>
          <p className="mt-1 text-quiet text-sm">{t('detail')}</p>
        </div>
        <Button variant="primary" disabled={!data} onClick={() => setEditing('new')}>
          <Plus aria-hidden="true" />
          {t('make')}
        </Button>
      </div>
      {!data && !error && <Skeleton className="mt-3 h-40" />}
      {!data && error && (
        <ErrorState title={t('failed')} onRetry={() => void refetch()} retrying={isFetching}>
          {refusalOf(error).message} {refusalOf(error).hint}
        </ErrorState>
      )}
      {data?.promos.length === 0 && (
        <EmptyState icon={TicketPercent} title={t('none')}>
          {t('noneDetail')}
        </EmptyState>
      )}
      {data && data.promos.length > 0 && (
        <ul className="mt-3 divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
          {data.promos.map((promo) => (
            <PromoRow key={promo.id} promo={promo} onEdit={() => setEditing(promo)} />
          ))}
        </ul>
      )}
      {data && editing && (
        <PromoDialog
          key={editing === 'new' ? 'new' : editing.id}
          promo={editing === 'new' ? null : editing}
          currencies={data.currencies}
          onClose={() => setEditing(null)}
        />
      )}
    </section>
  );
}

function PromoRow({ promo, onEdit }: { promo: Promo; onEdit: () => void }) {
  const t = useTranslations('settings.promos');
  const format = useFormat();
  const now = useNow(60);
  const queries = trpc.useUtils();
  const refresh = () => void queries.settings.invalidate();
  const stop = useAction(trpc.settings.stopPromo.useMutation(), { onDone: refresh });
  const { id: promoId, code, version, disabledAt } = promo;
  const stopped = disabledAt !== null;
  const state = stateOf(promo, now);
  const money = (amount: number) => format.money(amount, promo.currency);
  const takes =
    promo.kind === 'percent'
      ? t('percent', { value: String(promo.value) })
      : promo.kind === 'amount'
        ? t('amount', { amount: money(promo.value) })
        : t('free_delivery');
  const terms = [
    takes,
    promo.maximumDiscount !== null && t('upTo', { amount: money(promo.maximumDiscount) }),
    promo.minimumSubtotal > 0 && t('from', { amount: money(promo.minimumSubtotal) }),
    promo.restaurantName && t('at', { restaurant: promo.restaurantName }),
    promo.startsAt && t('starts', { day: format.moment(promo.startsAt, now) }),
    promo.endsAt && t('ends', { day: format.moment(promo.endsAt, now) }),
    promo.limitPerPerson !== null && t('perPerson', { count: promo.limitPerPerson }),
  ].filter((term) => typeof term === 'string');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <bdi className="font-medium font-mono">{code}</bdi>
          <Badge tone={state === 'running' ? 'good' : 'neutral'}>{t(state)}</Badge>
        </p>
        <p className="numerals text-quiet text-sm" suppressHydrationWarning>
          {terms.join(', ')}
        </p>
        <p className="numerals text-faint text-xs">
          {promo.limitTotal === null
            ? t('used', { count: promo.used })
            : t('usedOf', {
                used: format.number(promo.used),
                limit: format.number(promo.limitTotal),
              })}
        </p>
      </div>
      <div className="flex gap-2">
        <Button size="sm" aria-label={t('editCode', { code })} onClick={onEdit}>
          {t('edit')}
        </Button>
        <Button
          size="sm"
          variant={stopped ? 'secondary' : 'danger-quiet'}
          aria-label={stopped ? t('resumeCode', { code }) : t('stopCode', { code })}
          loading={stop.pending}
          onClick={() => stop.run({ promoId, expectedVersion: version, stopped: !stopped })}
        >
          {stopped ? t('resume') : t('stop')}
        </Button>
      </div>
    </li>
  );
}

function stateOf(promo: Promo, now: Date): 'running' | 'stopped' | 'ended' | 'usedUp' {
  if (promo.disabledAt) return 'stopped';
  if (promo.endsAt && new Date(promo.endsAt) <= now) return 'ended';
  return promo.limitTotal !== null && promo.used >= promo.limitTotal ? 'usedUp' : 'running';
}
