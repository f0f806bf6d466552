'use client';

import { useEffect, useState } from 'react';
import { applyToBoardView, type BoardView, tidyBoard } from '@/domain/board-view';
import type { DriverPosition } from '@/domain/driver';
import type { LiveBatch, LogEvent } from '@/domain/events';
import { trpc } from './client';
import { onLiveError, type Snapshot, useLiveState } from './live';
import { onceAFrame } from './once-a-frame';

const TIDY_EVERY_MS = 30_000;

const afterMessage = (view: BoardView, message: LiveBatch<BoardView>): BoardView =>
  message.kind === 'events' ? applyToBoardView(view, message.events) : message.view;

export function useLiveBoard(
  initial: Snapshot<BoardView>,
  onEvent: (event: LogEvent) => void = () => undefined,
) {
  const [view, setView] = useState(initial.view);
  const [take] = useState(() =>
    onceAFrame<LiveBatch<BoardView>>((messages) =>
      setView((before) => messages.reduce(afterMessage, before)),
    ),
  );
  const { status } = trpc.admin.watchBoard.useSubscription(
    { lastEventId: initial.cursor },
    {
      onData: ({ data }) => {
        take(data);
        if (data.kind === 'events') for (const event of data.events) onEvent(event);
      },
      onError: onLiveError,
    },
  );
  // The clock: finished orders leave the board without an event.
  useEffect(() => {
    const timer = setInterval(() => setView((v) => tidyBoard(v, new Date())), TIDY_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return { view, live: useLiveState(status) };
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
