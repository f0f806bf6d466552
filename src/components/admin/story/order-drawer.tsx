'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LiveBadge } from '@/components/shared/live-badge';
import { LoadingLabel } from '@/components/shared/loading-label';
import { StatusPill } from '@/components/shared/status-pill';
import { headlineWord } from '@/components/shared/status-words';
import { Time } from '@/components/shared/time';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { isOpenOrder } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { trpc } from '@/trpc/client';
import type { Snapshot } from '@/trpc/live';
import { useLiveOrder } from '@/trpc/use-live-order';
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
  const t = useTranslations('admin.story');
  const refusalOf = useRefusal();
  // Read afresh each time it opens; from there on the live events keep it right.
  const { data, error, refetch, isFetching } = trpc.orders.get.useQuery(
    { orderId },
    { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
  );
  return (
    <section aria-label={t('label')} className={cn('flex flex-col bg-raised', className)}>
      {data && <Story initial={data} onAssign={onAssign} onClose={onClose} />}
      {!data && !error && <Loading />}
      {!data && error && (
        <ErrorState
          title={t('failed')}
          onRetry={() => void refetch()}
          retrying={isFetching}
          action={onClose && <Button onClick={onClose}>{t('close')}</Button>}
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
  const t = useTranslations('admin.story');
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
          <span className="ms-auto flex items-center gap-1">
            {live.status !== 'live' && <LiveBadge live={live} timeZone={order.timeZone} />}
            {onClose && (
              <Button
                variant="quiet"
                size="icon-sm"
                aria-label={t('closeOrder')}
                onClick={onClose}
                className="-me-2"
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
    <LoadingLabel />
    <Skeleton className="h-7 w-40" />
    <Skeleton className="h-10" />
    <Skeleton className="h-24" />
    <Skeleton className="h-40" />
  </div>
);
