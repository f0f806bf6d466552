'use client';

import { applyToDriverView, type DriverView } from '@/domain/driver-view';
import { trpc } from './client';
import { onLiveError, type Snapshot, useLiveState, useLiveView } from './live';

export function useLiveDriver(initial: Snapshot<DriverView>) {
  const { view, take } = useLiveView(initial, applyToDriverView);
  const { status } = trpc.drivers.watch.useSubscription(
    { lastEventId: initial.cursor },
    { onData: ({ data }) => take(data), onError: onLiveError },
  );
  return { view, live: useLiveState(status) };
}
