'use client';

import { useEffect, useRef, useState } from 'react';
import type { DriverPosition } from '@/domain/driver';
import type { LiveMessage, LogEvent } from '@/domain/events';
import type { ShareView } from '@/domain/share';
import {
  applyToBoardView,
  applyToCustomerView,
  applyToDriverView,
  applyToOrderView,
  type BoardView,
  type CustomerView,
  type DriverView,
  type OrderView,
  tidyBoard,
} from '@/domain/views';
import { trpc } from './client';
import { refusalOf } from './refusal';

export type Snapshot<View> = { view: View; cursor: string };

/** What the page knows of its own freshness; `since` says when this status began. */
export type LiveState = { status: 'connecting' | 'live' | 'stale'; since: string };

type SocketStatus = 'idle' | 'connecting' | 'pending' | 'error';

/** `pending` on the socket means live; a socket that was live once and is not any more is stale. */
function useLiveState(socket: SocketStatus): LiveState {
  const [state, setState] = useState<LiveState>({ status: 'connecting', since: '' });
  const status =
    socket === 'pending' ? 'live' : state.status === 'connecting' ? 'connecting' : 'stale';
  useEffect(() => {
    setState((before) =>
      before.status === status && before.since
        ? before
        : { status, since: new Date().toISOString() },
    );
  }, [status]);
  return state.status === status ? state : { status, since: state.since };
}

/** A session that has ended while the page was open: sign in again, then come back here. */
function onError(error: unknown): void {
  if (refusalOf(error).code !== 'unauthenticated') return;
  const { pathname, search } = window.location;
  window.location.assign(`/sign-in?next=${encodeURIComponent(`${pathname}${search}`)}`);
}

/** A view that starts from the server's snapshot and is kept right by the socket's messages. */
function useLiveView<View>(initial: Snapshot<View>, apply: (view: View, event: LogEvent) => View) {
  const [view, setView] = useState(initial.view);
  const take = (message: LiveMessage<View>) =>
    setView((before) => (message.kind === 'event' ? apply(before, message.event) : message.view));
  return { view, setView, take };
}

export function useLiveOrder(initial: Snapshot<OrderView>) {
  const { view, take } = useLiveView(initial, applyToOrderView);
  const { status } = trpc.orders.watch.useSubscription(
    { orderId: initial.view.order.id, lastEventId: initial.cursor },
    { onData: ({ data }) => take(data), onError },
  );
  return { view, live: useLiveState(status) };
}

export function useLiveCustomer(initial: Snapshot<CustomerView>) {
  const { view, take } = useLiveView(initial, applyToCustomerView);
  const { status } = trpc.orders.watchMine.useSubscription(
    { lastEventId: initial.cursor },
    { onData: ({ data }) => take(data), onError },
  );
  return { view, live: useLiveState(status) };
}

export function useLiveDriver(initial: Snapshot<DriverView>) {
  const { view, take } = useLiveView(initial, applyToDriverView);
  const { status } = trpc.drivers.watch.useSubscription(
    { lastEventId: initial.cursor },
    { onData: ({ data }) => take(data), onError },
  );
  return { view, live: useLiveState(status) };
}

/** What a share link shows; null as soon as it is dead. For anybody who has the link. */
export function useLiveShare(token: string, initial: ShareView) {
  const [view, setView] = useState<ShareView | null>(initial);
  const { status } = trpc.share.watch.useSubscription(
    { token },
    {
      enabled: view !== null,
      onData: setView,
      onError: (error) => {
        if (refusalOf(error).code === 'not_found') setView(null);
      },
    },
  );
  return { view, live: useLiveState(status) };
}

const TIDY_EVERY_MS = 30_000;

export function useLiveBoard(
  initial: Snapshot<BoardView>,
  onEvent: (event: LogEvent) => void = () => undefined,
) {
  const { view, setView, take } = useLiveView(initial, applyToBoardView);
  const { status } = trpc.admin.watchBoard.useSubscription(
    { lastEventId: initial.cursor },
    {
      onData: ({ data }) => {
        take(data);
        if (data.kind === 'event') onEvent(data.event);
      },
      onError,
    },
  );
  // The clock: finished orders leave the board without an event.
  useEffect(() => {
    const timer = setInterval(() => setView((v) => tidyBoard(v, new Date())), TIDY_EVERY_MS);
    return () => clearInterval(timer);
  }, [setView]);
  return { view, live: useLiveState(status) };
}

/** Where the courier of an order is, while the viewer may see it. */
export function useCourierPosition(orderId: string, enabled: boolean): DriverPosition | null {
  const [position, setPosition] = useState<DriverPosition | null>(null);
  trpc.orders.courier.useSubscription({ orderId }, { enabled, onData: setPosition, onError });
  return enabled ? position : null;
}

/** The latest position of each driver, as the board shows them. */
export function useBoardPositions(enabled: boolean): ReadonlyMap<string, DriverPosition> {
  const [positions, setPositions] = useState<ReadonlyMap<string, DriverPosition>>(new Map());
  trpc.admin.positions.useSubscription(undefined, {
    enabled,
    onData: (latest) =>
      setPositions(
        (before) => new Map([...before, ...latest.map((p) => [p.driverId, p] as const)]),
      ),
  });
  return positions;
}

/** Calls back for each change of a restaurant or dish; null means: something was missed, read anew. */
export function useRestaurantChanges(onChange: (event: LogEvent | null) => void): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  trpc.restaurants.changes.useSubscription(undefined, {
    onData: (event) => latest.current(event),
  });
}
