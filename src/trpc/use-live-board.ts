'use client';

import { useEffect, useState } from 'react';
import { applyToBoardView, type BoardView, tidyBoard } from '@/domain/board-view';
import type { DriverPosition } from '@/domain/driver';
import type { LogEvent } from '@/domain/events';
import { trpc } from './client';
import { onLiveError, type Snapshot, useLiveState, useLiveView } from './live';

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
      onError: onLiveError,
    },
  );
  // The clock: finished orders leave the board without an event.
  useEffect(() => {
    const timer = setInterval(() => setView((v) => tidyBoard(v, new Date())), TIDY_EVERY_MS);
    return () => clearInterval(timer);
  }, [setView]);
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
