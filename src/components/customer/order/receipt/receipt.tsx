'use client';

import { ArrowLeft, Printer } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { LineDetails, Sums } from '@/components/customer/order/order-lines';
import { useOrderWords } from '@/components/customer/order/use-order-words';
import { Brand } from '@/components/shared/brand';
import { Money } from '@/components/shared/money';
import { StatusPill } from '@/components/shared/status-pill';
import { headlineWord } from '@/components/shared/status-words';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { isOpenOrder } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import './receipt.css';

/** What was bought and paid, for the printer and the books; times by the restaurant's clock. */
export function Receipt({ view }: { view: OrderView }) {
  const { t } = useOrderWords();
  const { order } = view;
  return (
    <div className="mx-auto max-w-xl px-4 pt-4 pb-16 sm:px-6 print:max-w-none print:p-0">
      <div data-not-printed className="flex items-center justify-between gap-3">
        <Link
          href={`/orders/${order.id}`}
          className="-ms-1 inline-flex min-h-11 items-center gap-1.5 rounded-control px-1 text-quiet text-sm hover:text-ink"
        >
          <ArrowLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          {t('receipt.back')}
        </Link>
        <Button size="sm" onClick={() => window.print()}>
          <Printer aria-hidden="true" />
          {t('receipt.print')}
        </Button>
      </div>
      <article className="mt-3 rounded-card border border-line bg-raised px-5 py-6 sm:px-8 sm:py-8 print:mt-0 print:border-0 print:p-0">
        <Head view={view} />
        <Facts view={view} />
        <Lines view={view} />
        <Sums order={order} />
        <footer className="mt-6 border-line border-t pt-4 text-quiet text-xs">
          <p>{t('receipt.zone', { zone: order.timeZone.replaceAll('_', ' ') })}</p>
          <p className="mt-0.5">{t('receipt.foot')}</p>
        </footer>
      </article>
    </div>
  );
}

function Head({ view }: { view: OrderView }) {
  const { t } = useOrderWords();
  const { order } = view;
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <h1 className="font-medium text-base text-quiet tracking-normal">
          {t(isOpenOrder(order.status) ? 'receipt.open' : 'receipt.title')}
        </h1>
        <p dir="auto" className="heading mt-1 text-xl">
          {order.restaurantName}
        </p>
        <p dir="auto" className="mt-0.5 text-quiet text-sm">
          {order.pickupAddress}
        </p>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-2">
        <Brand />
        <StatusPill status={headlineWord(view)} size="sm" />
      </div>
    </div>
  );
}

function Facts({ view: { order, delivery } }: { view: OrderView }) {
  const { t, format } = useOrderWords();
  const { timeZone } = order;
  const counter = order.fulfilment === 'pickup';
  const ended = delivery?.deliveredAt ?? order.closedAt;
  const end =
    order.status === 'completed'
      ? t(counter ? 'receipt.fetched' : 'receipt.delivered')
      : t('receipt.closed');
  return (
    <dl className="mt-6 grid grid-cols-2 gap-x-6 gap-y-3 border-line border-y py-4 text-sm sm:grid-cols-4">
      <Fact name={t('receipt.number')}>#{order.number}</Fact>
      <Fact name={t('receipt.date')}>{format.fullDate(order.placedAt, timeZone)}</Fact>
      <Fact name={t('receipt.placed')}>{format.clock(order.placedAt, timeZone)}</Fact>
      {ended && <Fact name={end}>{format.clock(ended, timeZone)}</Fact>}
      <Fact
        name={t(counter ? 'receipt.fetchedAt' : 'receipt.deliveredTo')}
        className="col-span-2 sm:col-span-4"
      >
        <bdi>{counter ? order.pickupAddress : order.dropoffAddress}</bdi>
      </Fact>
    </dl>
  );
}

type FactProps = { name: string; className?: string; children: ReactNode };

const Fact = ({ name, className, children }: FactProps) => (
  <div className={cn('min-w-0', className)}>
    <dt className="text-faint text-xs">{name}</dt>
    <dd className="numerals mt-0.5 break-words">{children}</dd>
  </div>
);

function Lines({ view: { order, lines } }: { view: OrderView }) {
  const { t, format } = useOrderWords();
  return (
    <table className="mt-4 w-full text-sm">
      <thead>
        <tr className="text-faint text-xs">
          <th scope="col" className="w-9 pb-2 text-start font-normal">
            <span className="sr-only">{t('receipt.quantity')}</span>
          </th>
          <th scope="col" className="pb-2 text-start font-normal">
            {t('receipt.dish')}
          </th>
          <th scope="col" className="pb-2 ps-3 text-end font-normal max-sm:hidden print:table-cell">
            {t('receipt.each')}
          </th>
          <th scope="col" className="pb-2 ps-3 text-end font-normal">
            {t('receipt.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id} className="break-inside-avoid align-top">
            <td className="numerals py-1.5 text-quiet">
              {t('lines.quantity', { count: format.number(line.quantity) })}
            </td>
            <td className="py-1.5">
              <bdi>{line.name}</bdi>
              <LineDetails line={line} />
            </td>
            <td className="py-1.5 ps-3 text-end text-quiet max-sm:hidden print:table-cell">
              <Money amount={line.unitPrice} currency={order.currency} />
            </td>
            <td className="py-1.5 ps-3 text-end">
              <Money amount={line.lineTotal} currency={order.currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
