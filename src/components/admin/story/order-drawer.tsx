'use client';

import { X } from 'lucide-react';
import { useState } from 'react';
import { LiveBadge } from '@/components/shared/live-badge';
import { StatusPill } from '@/components/shared/status-pill';
import { headlineWord } from '@/components/shared/status-words';
import { Time } from '@/components/shared/time';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { isOpenOrder } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { trpc } from '@/trpc/client';
import { refusalOf } from '@/trpc/refusal';
import { type Snapshot, useLiveOrder } from '@/trpc/use-live';
import { OrderActions } from './order-actions';
import { OrderStory } from './order-story';

type OrderDrawerProps = {
  orderId: string;
  onAssign: () => void;
  /** Left out where what is around it can be closed. */
  onClose?: () => void;
  className?: string;
};

/** The whole story of one order, and what a dispatcher can do about it. */
export function OrderDrawer({ orderId, onAssign, onClose, className }: OrderDrawerProps) {
  // Read afresh each time it opens; from there on the live events keep it right.
  const { data, error, refetch, isFetching } = trpc.orders.get.useQuery(
    { orderId },
    { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
  );
  return (
    <section aria-label="Order" className={cn('flex flex-col bg-raised', className)}>
      {data && <Story initial={data} onAssign={onAssign} onClose={onClose} />}
      {!data && !error && <Loading />}
      {!data && error && (
        <ErrorState
          title="This order can’t be shown"
          onRetry={() => void refetch()}
          retrying={isFetching}
          action={onClose && <Button onClick={onClose}>Close</Button>}
        >
          {refusalOf(error).message} {refusalOf(error).hint}
        </ErrorState>
      )}
    </section>
  );
}

type StoryProps = Pick<OrderDrawerProps, 'onAssign' | 'onClose'> & {
  initial: Snapshot<OrderView>;
};

function Story({ initial, onAssign, onClose }: StoryProps) {
  const [start] = useState(initial);
  const { view, live } = useLiveOrder(start);
  const { order } = view;
  const open = isOpenOrder(order.status);
  return (
    <>
      <header className={cn('shrink-0 px-5 pb-3', onClose && 'pt-4')}>
        <div className="flex items-center gap-2.5">
          {onClose && <h2 className="numerals text-lg">#{order.number}</h2>}
          <StatusPill status={headlineWord(view)} />
          {open && (
            <Time at={order.promisedTo} as="late" className="font-medium text-bad-ink text-sm" />
          )}
          <span className="ml-auto flex items-center gap-1">
            {live.status !== 'live' && <LiveBadge live={live} timeZone={order.timeZone} />}
            {onClose && (
              <Button
                variant="quiet"
                size="icon-sm"
                aria-label="Close the order"
                onClick={onClose}
                className="-mr-2"
              >
                <X aria-hidden="true" />
              </Button>
            )}
          </span>
        </div>
        <OrderActions view={view} onAssign={onAssign} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain border-line border-t px-5 pb-8">
        <OrderStory view={view} />
      </div>
    </>
  );
}

const Loading = () => (
  <div className="flex flex-col gap-4 p-5" aria-busy="true">
    <span role="status" className="sr-only">
      Loading
    </span>
    <Skeleton className="h-7 w-40" />
    <Skeleton className="h-10" />
    <Skeleton className="h-24" />
    <Skeleton className="h-40" />
  </div>
);
