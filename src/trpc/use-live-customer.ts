'use client';

import { applyToCustomerView, type CustomerView } from '@/domain/views';
import { trpc } from './client';
import { onLiveError, type Snapshot, useLiveState, useLiveView } from './live';

export function useLiveCustomer(initial: Snapshot<CustomerView>) {
  const { view, take } = useLiveView(initial, applyToCustomerView);
  const { status } = trpc.orders.watchMine.useSubscription(
    { lastEventId: initial.cursor },
    { onData: ({ data }) => take(data), onError: onLiveError },
  );
  return { view, live: useLiveState(status) };
}
