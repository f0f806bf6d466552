'use client';

import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useNow } from '@/components/shared/clock';
import { LiveBadge } from '@/components/shared/live-badge';
import { useKeepOffline } from '@/components/shared/pwa/keep-offline';
import { StatusPill } from '@/components/shared/status-pill';
import { headlineWord } from '@/components/shared/status-words';
import { lazyInBrowser } from '@/components/ui/lazy-in-browser';
import { lazyIsland } from '@/components/ui/lazy-island';
import { QuietLink } from '@/components/ui/quiet-link';
import { isOpenOrder } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import type { LiveState } from '@/trpc/live';
import { useCourierPosition, useLiveOrder } from '@/trpc/use-live-order';
import { Courier } from './courier';
import { EtaNumerals } from './eta-numerals';
import { HandoverPin } from './handover-pin';
import { Notices } from './notices';
import { OrderActions, useOrderActions } from './order-actions';
import { OrderMap } from './order-map';
import { whoHasIt } from './order-story';
import { Talk, useTalk } from './talk';
import { useOrderEta } from './use-order-eta';
import { useOrderWords } from './use-order-words';

const Spoken = lazyInBrowser(async () => ({ default: (await import('./spoken')).Spoken }));
const AfterDelivery = lazyInBrowser(async () => ({
  default: (await import('./after-delivery')).AfterDelivery,
}));

const CollectOrder = lazyInBrowser(async () => ({
  default: (await import('./collect-order')).CollectOrder,
}));
const OrderDialogs = lazyInBrowser(async () => ({
  default: (await import('./order-dialogs')).OrderDialogs,
}));
const CancelRow = lazyIsland(async () => ({ default: (await import('./cancel-row')).CancelRow }));
const Ended = lazyIsland(async () => ({ default: (await import('./ended')).Ended }));
const OrderTimeline = lazyIsland(async () => ({
  default: (await import('./order-timeline')).OrderTimeline,
}));
const OrderLines = lazyIsland(async () => ({
  default: (await import('./order-lines')).OrderLines,
}));

export function OrderPage({ initial }: { initial: { view: OrderView; cursor: string } }) {
  const words = useOrderWords();
  const now = useNow(10);
  const { view, live } = useLiveOrder(initial);
  const { order, delivery } = view;
  const open = isOpenOrder(order.status);
  useKeepOffline(`/orders/${order.id}`, `${order.status} ${delivery?.status}`);
  const courier = useCourierPosition(order.id, open && Boolean(delivery?.driverId));
  const eta = useOrderEta(view);
  const who = whoHasIt(view, words, now);
  const talk = useTalk(view);
  useTopWhenOver(open);
  const actions = useOrderActions();

  return (
    <Frame
      map={open && <OrderMap order={order} delivery={delivery} courier={courier} live={live} />}
    >
      <Head view={view} live={live} />
      {eta && <EtaNumerals eta={eta} order={order} />}
      {!open && (
        <Ended
          view={view}
          onHelp={order.status === 'completed' ? () => actions.ask('help') : null}
        />
      )}
      <Spoken told={view} eta={eta} who={who} />
      {open && (
        <>
          <Notices told={view} eta={eta} />
          <HandoverPin told={view} />
          {order.fulfilment === 'pickup' && order.status === 'ready' && (
            <CollectOrder orderId={order.id} />
          )}
          <Courier who={who} view={view} unread={talk.unread} onTalk={talk.start} />
          <OrderActions actions={actions} />
        </>
      )}
      {order.status === 'completed' && <AfterDelivery view={view} />}
      <OrderTimeline view={view} />
      <OrderLines view={view} />
      <CancelRow view={view} actions={actions} />
      <Talk view={view} talk={talk} />
      <OrderDialogs view={view} actions={actions} eta={eta} onMessage={talk.start} />
    </Frame>
  );
}

/** The end stands at the top of the page: whoever follows the order is brought there. */
function useTopWhenOver(open: boolean): void {
  const was = useRef(open);
  // The scroll position, once, when the order ends.
  useEffect(() => {
    if (was.current && !open) window.scrollTo({ top: 0, behavior: 'smooth' });
    was.current = open;
  }, [open]);
}

/** Beside the map while there is something to follow, else alone. */
function Frame({ map, children }: { map: ReactNode; children: ReactNode }) {
  if (!map) return <div className="mx-auto max-w-xl px-4 pt-4 pb-16 sm:px-6">{children}</div>;
  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_26rem] lg:gap-8 lg:px-6">
      <div className="h-[38dvh] min-h-64 lg:sticky lg:top-14 lg:h-[calc(100dvh-3.5rem)] lg:py-6">
        <div className="size-full overflow-hidden border-line max-lg:border-b lg:rounded-card lg:border">
          {map}
        </div>
      </div>
      <div className="px-4 pt-4 pb-16 sm:px-6 lg:px-0 lg:pt-6">{children}</div>
    </div>
  );
}

function Head({ view, live }: { view: OrderView; live: LiveState }) {
  const { t } = useOrderWords();
  const { order } = view;
  return (
    <>
      <div className="flex items-center justify-between gap-3">
        <QuietLink
          href="/orders"
          className="-ms-1 inline-flex min-h-11 items-center gap-1.5 rounded-control px-1 text-quiet text-sm hover:text-ink"
        >
          <ArrowLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          {t('back')}
        </QuietLink>
        {isOpenOrder(order.status) && <LiveBadge live={live} timeZone={order.timeZone} />}
      </div>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
        <h1 className="text-base">
          <bdi>{order.restaurantName}</bdi>{' '}
          <span className="numerals font-normal text-faint">#{order.number}</span>
        </h1>
        <StatusPill status={headlineWord(view)} />
      </div>
    </>
  );
}
