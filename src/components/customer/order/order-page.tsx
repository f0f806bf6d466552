'use client';

import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { CollectOrder } from '@/components/customer/checkout/collect-order';
import { LiveBadge } from '@/components/shared/live-badge';
import { useKeepOffline } from '@/components/shared/pwa/keep-offline';
import { StatusPill } from '@/components/shared/status-pill';
import { headlineWord } from '@/components/shared/status-words';
import { Timeline } from '@/components/shared/timeline';
import { customerMayCancel, isOpenOrder } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { useCourierPosition, useLiveOrder } from '@/trpc/use-live';
import { CancelOrder } from './cancel-order';
import { Courier } from './courier';
import { Ended } from './ended';
import { EtaNumerals } from './eta-numerals';
import { OrderLines } from './order-lines';
import { OrderMap } from './order-map';
import { endingOf, timelineSteps, whoHasIt } from './order-story';
import { useOrderEta } from './use-order-eta';

export function OrderPage({ initial }: { initial: { view: OrderView; cursor: string } }) {
  const t = useTranslations('shared');
  const { view, live } = useLiveOrder(initial);
  const { order, delivery } = view;
  const open = isOpenOrder(order.status);
  useKeepOffline(`/orders/${order.id}`, `${order.status} ${delivery?.status}`);
  const courier = useCourierPosition(order.id, open && Boolean(delivery?.driverId));
  const eta = useOrderEta(order);
  const ending = endingOf(view);
  const who = whoHasIt(view);

  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_26rem] lg:gap-8 lg:px-6">
      <div className="h-[38dvh] min-h-64 lg:sticky lg:top-14 lg:h-[calc(100dvh-3.5rem)] lg:py-6">
        <div className="size-full overflow-hidden border-line max-lg:border-b lg:rounded-card lg:border">
          <OrderMap order={order} delivery={delivery} courier={courier} live={live} />
        </div>
      </div>
      <div className="px-4 pt-4 pb-16 sm:px-6 lg:px-0 lg:pt-6">
        <div className="flex items-center justify-between gap-3">
          <Link
            href="/orders"
            className="-ml-1 inline-flex min-h-11 items-center gap-1.5 rounded-control px-1 text-quiet text-sm hover:text-ink"
          >
            <ArrowLeft aria-hidden="true" className="size-4" />
            Orders
          </Link>
          {open && <LiveBadge live={live} timeZone={order.timeZone} />}
        </div>
        <div className="mt-1 flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
          <h1 className="text-base">
            {order.restaurantName}{' '}
            <span className="numerals font-normal text-faint">#{order.number}</span>
          </h1>
          <StatusPill status={headlineWord(view)} />
        </div>
        {eta && <EtaNumerals eta={eta} />}
        {ending && <Ended view={view} ending={ending} />}
        <p aria-live="polite" className="sr-only">
          {`Order ${order.number}: ${t(headlineWord(view).key)}. ${who.title}. ${who.detail}`}
        </p>
        {open && <Courier who={who} delivery={delivery} />}
        {order.fulfilment === 'pickup' && order.status === 'ready' && (
          <CollectOrder orderId={order.id} pin={order.pin} address={order.pickupAddress} />
        )}
        <div className="mt-7">
          <Timeline label="The way of your order" steps={timelineSteps(view)} />
        </div>
        <OrderLines view={view} />
        {customerMayCancel(order.status) && (
          <CancelOrder orderId={order.id} number={order.number} />
        )}
        {open && !customerMayCancel(order.status) && (
          <p className="mt-6 text-quiet text-sm">
            The kitchen is at work, so the order can’t be cancelled here any more. Call{' '}
            {order.restaurantName} if something is wrong.
          </p>
        )}
      </div>
    </div>
  );
}
