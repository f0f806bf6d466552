'use client';

import { ArrowLeft, Bike } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { useNow } from '@/components/shared/clock';
import { LoadingLabel } from '@/components/shared/loading-label';
import { Money } from '@/components/shared/money';
import { useFormat } from '@/components/shared/use-format';
import { useRefusal } from '@/components/shared/use-refusal';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { sumEarned } from '@/domain/driver-view';
import { trpc } from '@/trpc/client';
import { CashToHandIn } from './cash-to-hand-in';
import { useDriver } from './driver-context';
import { type Day, type Delivered, daysOf } from './history-days';
import { OwnRating } from './own-rating';

/** What was delivered, day by day. */
export function HistoryPage() {
  const t = useTranslations('driver.history');
  const refusalOf = useRefusal();
  const { view } = useDriver();
  const { data, error, refetch, isFetching } = trpc.drivers.history.useQuery();
  const today = sumEarned(view.earnedToday);
  const shown = data?.deliveries.length;
  const version = view.driverVersion;
  // The server: one more delivery, a tip, a rating or cash handed in is one more line or amount here.
  useEffect(() => {
    if (today > 0 || version > 0) void refetch();
  }, [today, version, refetch]);

  return (
    <div className="mx-auto max-w-2xl px-5 pt-3 pb-20">
      <Link
        href="/driver"
        className="-ms-1 inline-flex min-h-11 items-center gap-1.5 rounded-control px-1 text-quiet text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        {t('back')}
      </Link>
      <h1 className="mt-1 text-xl">{t('title')}</h1>
      {error && !data && (
        <ErrorState title={t('failed')} onRetry={() => void refetch()} retrying={isFetching}>
          {refusalOf(error).message} {refusalOf(error).hint}
        </ErrorState>
      )}
      {!data && !error && <Loading />}
      {data && shown === 0 && (
        <EmptyState icon={Bike} title={t('none')}>
          {t('noneDetail')}
        </EmptyState>
      )}
      {data && <OwnRating rating={data.rating} count={data.ratingCount} />}
      {data && <CashToHandIn cash={data.cash} />}
      {data && shown !== 0 && <Days deliveries={data.deliveries} total={data.total} />}
    </div>
  );
}

function Days({ deliveries, total }: { deliveries: Delivered[]; total: number }) {
  const t = useTranslations('driver.history');
  const format = useFormat();
  const now = useNow(60);
  const currency = deliveries[0]?.currency ?? 'EUR';
  return (
    <>
      <p className="numerals mt-1 text-quiet text-sm">
        {t.rich('sum', {
          count: deliveries.length,
          sum: () => <Money amount={total} currency={currency} className="font-medium text-ink" />,
        })}
      </p>
      {daysOf(deliveries).map((day) => (
        <DaySection key={day.key} day={day} title={format.day(day.at, now)} />
      ))}
    </>
  );
}

function DaySection({ day, title }: { day: Day; title: string }) {
  const t = useTranslations('driver.history');
  const format = useFormat();
  return (
    <section aria-labelledby={`day-${day.key}`} className="mt-7">
      <div className="flex items-baseline justify-between gap-4 pb-2">
        <h2 id={`day-${day.key}`} className="text-base">
          {title}
        </h2>
        <Money amount={day.sum} currency={day.currency} className="heading text-base" />
      </div>
      {(day.tips > 0 || day.cash > 0) && (
        <p className="numerals flex flex-wrap gap-x-4 pb-2 text-quiet text-sm">
          {day.tips > 0 && <span>{t('tips', { tips: format.money(day.tips, day.currency) })}</span>}
          {day.cash > 0 && <span>{t('cash', { cash: format.money(day.cash, day.currency) })}</span>}
        </p>
      )}
      <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
        {day.runs.map((run) => (
          <li key={run.key}>
            {run.deliveries.length > 1 && (
              <p className="numerals flex justify-between gap-4 bg-sunken px-4 py-2 text-quiet text-sm">
                {t('run', { count: run.deliveries.length })}
                <Money amount={run.sum} currency={day.currency} />
              </p>
            )}
            <ul className="divide-y divide-line">
              {run.deliveries.map((each) => (
                <DeliveredRow key={each.deliveryId} delivered={each} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

function DeliveredRow({ delivered }: { delivered: Delivered }) {
  const t = useTranslations('driver.history');
  const format = useFormat();
  const { deliveredAt, tip, cash, cashHandedIn, rating, currency } = delivered;
  const money = (amount: number) => format.money(amount, currency);
  return (
    <li className="flex items-start gap-4 px-4 py-3.5">
      <span className="numerals w-11 shrink-0 text-quiet text-sm leading-6">
        {deliveredAt && format.clock(deliveredAt)}
      </span>
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate font-medium">
          {delivered.restaurantName}
        </p>
        <p className="truncate text-quiet text-sm">
          {t('to', { address: delivered.dropoffAddress })}
        </p>
        <p className="numerals flex flex-wrap gap-x-3 text-quiet text-sm empty:hidden">
          {tip > 0 && <span>{t('tip', { tip: money(tip) })}</span>}
          {cash > 0 && (
            <span className={cashHandedIn ? undefined : 'font-medium text-warn-ink'}>
              {t(cashHandedIn ? 'cashIn' : 'cashDue', { cash: money(cash) })}
            </span>
          )}
          {rating !== null && <span>{t('stars', { count: rating })}</span>}
        </p>
      </div>
      <div className="text-end">
        <Money amount={delivered.pay} currency={currency} className="font-medium" />
        <p className="numerals text-faint text-sm">#{delivered.orderNumber}</p>
      </div>
    </li>
  );
}

const Loading = () => (
  <div className="mt-6 flex flex-col gap-3" aria-busy="true">
    <LoadingLabel />
    <Skeleton className="h-6 w-32" />
    <Skeleton className="h-64 rounded-card" />
  </div>
);
