'use client';

import type { Unsubscribable } from '@trpc/server/observable';
import { startTransition, useEffect, useEffectEvent, useState } from 'react';
import type { LiveMessage, LogEvent } from '@/domain/events';
import { refusalOf } from './refusal';

export type Snapshot<View> = { view: View; cursor: string };

/** What the page knows of its own freshness; `since` says when this status began. */
export type LiveState = { status: 'connecting' | 'live' | 'stale'; since: string };

type SocketStatus = 'idle' | 'connecting' | 'pending' | 'error';

type SocketHandlers = {
  onStarted: () => void;
  onConnectionStateChange: (connection: { state: Exclude<SocketStatus, 'error'> }) => void;
  onError: (error: unknown) => void;
  onComplete: () => void;
};

/**
 * Keeps up what `follow` begins while the page is there, and answers how it stands. The page hears of that when
 * there is time: `useSubscription` draws the whole of it in one piece, while it comes to life.
 */
export function useFollowing(follow: (handlers: SocketHandlers) => Unsubscribable): SocketStatus {
  const [status, setStatus] = useState<SocketStatus>('connecting');
  const begin = useEffectEvent(follow);
  // The socket.
  useEffect(() => {
    const tell = (next: SocketStatus) => startTransition(() => setStatus(next));
    let following: Unsubscribable | null = null;
    // A task of its own: the effects of a page's first commit are one that a phone is long busy with.
    const soon = setTimeout(() => {
      following = begin({
        onStarted: () => tell('pending'),
        // A connection that is there has yet to carry this subscription.
        onConnectionStateChange: ({ state }) => state !== 'pending' && tell(state),
        onError: (error) => {
          tell('error');
          onLiveError(error);
        },
        onComplete: () => tell('idle'),
      });
    });
    return () => {
      clearTimeout(soon);
      following?.unsubscribe();
    };
  }, []);
  return status;
}

/** `pending` on the socket means live; a socket that was live once and is not any more is stale. */
export function useLiveState(socket: SocketStatus): LiveState {
  const [state, setState] = useState<LiveState>({ status: 'connecting', since: '' });
  const status =
    socket === 'pending' ? 'live' : state.status === 'connecting' ? 'connecting' : 'stale';
  // Not in an effect, which would draw the page a second time.
  if (state.status !== status) setState({ status, since: new Date().toISOString() });
  return state;
}

/** A session that has ended while the page was open: sign in again, then come back here; or hear why not. */
export function onLiveError(error: unknown): void {
  const { code, reason } = refusalOf(error);
  if (code !== 'unauthenticated') return;
  const { pathname, search } = window.location;
  const next = `next=${encodeURIComponent(`${pathname}${search}`)}`;
  window.location.assign(`/sign-in?${reason === 'account_blocked' ? 'blocked' : next}`);
}

/** A view that starts from the server's snapshot and is kept right by the socket's messages. */
export function useLiveView<View>(
  initial: Snapshot<View>,
  apply: (view: View, event: LogEvent) => View,
) {
  const [view, setView] = useState(initial.view);
  const take = (message: LiveMessage<View>) =>
    setView((before) => (message.kind === 'event' ? apply(before, message.event) : message.view));
  return { view, setView, take };
}
