'use client';

import { ArrowLeft, Banknote } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useBoard } from '@/components/admin/admin-shell';
import { useNow } from '@/components/shared/clock';
import { LoadingLabel } from '@/components/shared/loading-label';
import { Money } from '@/components/shared/money';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toast';
import type { CashDue } from '@/domain/cash';
import { trpc } from '@/trpc/client';
import { HandedIn } from './handed-in';

/** Cash that drivers have collected: counted, and settled driver by driver. */
export function CashPage() {
  const t = useTranslations('admin.cash');
  const refusalOf = useRefusal();
  const { data, error, refetch, isFetching } = trpc.admin.cash.useQuery();
  const { view } = useBoard();
  const delivered = view.cards.filter(({ delivery }) => delivery?.status === 'delivered').length;
  const handedIn = view.drivers.reduce((sum, { version }) => sum + version, 0);
  const changes = delivered + handedIn;
  // The board: one more order handed over, or cash handed in elsewhere.
  useEffect(() => {
    if (changes > 0) void refetch();
  }, [changes, refetch]);
  return (
    <div className="mx-auto max-w-3xl px-4 pt-4 pb-20 sm:px-6">
      <Link
        href="/admin/drivers"
        className="-ms-1 inline-flex min-h-11 items-center gap-1.5 rounded-control px-1 text-quiet text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        {t('back')}
      </Link>
      <h1 className="text-xl">{t('title')}</h1>
      <p className="mt-1 text-quiet text-sm">{t('detail')}</p>
      {error && !data && (
        <ErrorState title={t('failed')} onRetry={() => void refetch()} retrying={isFetching}>
          {refusalOf(error).message} {refusalOf(error).hint}
        </ErrorState>
      )}
      {!data && !error && (
        <div className="mt-6 flex flex-col gap-3" aria-busy="true">
          <LoadingLabel />
          <Skeleton className="h-40 rounded-card" />
        </div>
      )}
      {data && <Dues due={data.due} onSettled={() => void refetch()} />}
      {data && data.handedIn.length > 0 && <HandedIn handins={data.handedIn} />}
    </div>
  );
}

function Dues({ due, onSettled }: { due: readonly CashDue[]; onSettled: () => void }) {
  const t = useTranslations('admin.cash');
  const format = useFormat();
  const [counted, setCounted] = useState<CashDue | null>(null);
  const settle = useAction(trpc.admin.settleCash.useMutation(), {
    onDone: () => {
      if (counted) {
        const sum = format.money(counted.amount, counted.currency);
        toast.success(t('done', { name: counted.driverName, sum }));
      }
      setCounted(null);
      onSettled();
    },
    onRefused: ({ message, hint }) => {
      toast.error(message, { description: hint });
      setCounted(null);
      onSettled();
    },
  });
  if (due.length === 0) {
    return (
      <EmptyState icon={Banknote} title={t('none')}>
        {t('noneDetail')}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="mt-6 divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
        {due.map((each) => (
          <DueRow
            key={`${each.driverId} ${each.currency}`}
            due={each}
            onSettle={() => setCounted(each)}
          />
        ))}
      </ul>
      <ConfirmDialog
        open={counted !== null}
        onOpenChange={(open) => !open && setCounted(null)}
        title={counted ? t('confirm', { name: counted.driverName }) : ''}
        description={
          counted
            ? t('confirmDetail', {
                sum: format.money(counted.amount, counted.currency),
                count: counted.orders,
              })
            : ''
        }
        confirmLabel={t('handedIn')}
        loading={settle.pending}
        onConfirm={() => {
          if (!counted) return;
          const { driverId, currency, amount } = counted;
          settle.run({ driverId, currency, expectedAmount: amount });
        }}
      />
    </>
  );
}

function DueRow({ due, onSettle }: { due: CashDue; onSettle: () => void }) {
  const t = useTranslations('admin.cash');
  const format = useFormat();
  const now = useNow(60);
  return (
    <li className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 py-3.5">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate font-medium">
          {due.driverName}
        </p>
        <p className="numerals text-quiet text-sm" suppressHydrationWarning>
          {t('orders', { count: due.orders, since: format.moment(due.since, now) })}
        </p>
      </div>
      <Money amount={due.amount} currency={due.currency} className="heading text-base" />
      <Button onClick={onSettle} aria-label={t('handedInBy', { name: due.driverName })}>
        {t('handedIn')}
      </Button>
    </li>
  );
}
