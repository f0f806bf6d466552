'use client';

import { useState } from 'react';
import type { DriverPosition } from '@/domain/driver';
import { applyToOrderView, type OrderView } from '@/domain/views';
import { trpc } from './client';
import { onLiveError, type Snapshot, useFollowing, useLiveState, useLiveView } from './live';

export function useLiveOrder(initial: Snapshot<OrderView>) {
  const { view, take } = useLiveView(initial, applyToOrderView);
  const { client } = trpc.useUtils();
  const status = useFollowing((handlers) =>
    client.orders.watch.subscribe(
      { orderId: initial.view.order.id, lastEventId: initial.cursor },
      { ...handlers, onData: ({ data }) => take(data) },
    ),
  );
  return { view, live: useLiveState(status) };
}

/** Where the courier of an order is, while the viewer may see it. */
export function useCourierPosition(orderId: string, enabled: boolean): DriverPosition | null {
  const [position, setPosition] = useState<DriverPosition | null>(null);
  trpc.orders.courier.useSubscription(
    { orderId },
    { enabled, onData: setPosition, onError: onLiveError },
  );
  return enabled ? position : null;
}
