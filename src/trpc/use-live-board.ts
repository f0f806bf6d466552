'use client';

import { startTransition, useEffect, useRef, useState } from 'react';
import { applyToBoardView, type BoardView, tidyBoard } from '@/domain/board-view';
import type { DriverPosition } from '@/domain/driver';
import type { LiveBatch, LogEvent } from '@/domain/events';
import { trpc } from './client';
import { foldInFrames, type Step } from './fold-in-frames';
import { onLiveError, type Snapshot, useLiveState } from './live';

const TIDY_EVERY_MS = 30_000;
/** Positions are shown this often at the most, milliseconds. */
const POSITIONS_EVERY_MS = 500;
/** A message after a break has thousands of events: so many are applied at once, others between frames. */
const EVENTS_A_STEP = 200;

/** A message as steps that can be taken one frame after the other. */
function stepsOf(message: LiveBatch<BoardView>): Step<BoardView>[] {
  if (message.kind !== 'events') return [() => message.view];
  const { events } = message;
  return Array.from({ length: Math.ceil(events.length / EVENTS_A_STEP) }, (_, step) => {
    const some = events.slice(step * EVENTS_A_STEP, (step + 1) * EVENTS_A_STEP);
    return (view) => applyToBoardView(view, some);
  });
}

export function useLiveBoard(
  initial: Snapshot<BoardView>,
  onEvent: (event: LogEvent) => void = () => undefined,
) {
  const [view, setView] = useState(initial.view);
  // As a transition: rendering it is put off, in parts, for what people do and for the frames they see.
  const [take] = useState(() =>
    foldInFrames(initial.view, (next) => startTransition(() => setView(next))),
  );
  const { status } = trpc.admin.watchBoard.useSubscription(
    { lastEventId: initial.cursor },
    {
      onData: ({ data }) => {
        take(stepsOf(data));
        if (data.kind === 'events') for (const event of data.events) onEvent(event);
      },
      onError: onLiveError,
    },
  );
  // The clock: finished orders leave the board without an event.
  useEffect(() => {
    const timer = setInterval(() => take([(v) => tidyBoard(v, new Date())]), TIDY_EVERY_MS);
    return () => clearInterval(timer);
  }, [take]);
  return { view, live: useLiveState(status) };
}

/** The latest position of each driver, as the board shows them: what comes is shown together. */
export function useBoardPositions(enabled: boolean): ReadonlyMap<string, DriverPosition> {
  const [positions, setPositions] = useState<ReadonlyMap<string, DriverPosition>>(new Map());
  const waiting = useRef(new Map<string, DriverPosition>());
  trpc.admin.positions.useSubscription(undefined, {
    enabled,
    onData: (latest) => {
      for (const position of latest) waiting.current.set(position.driverId, position);
    },
  });
  // The beat.
  useEffect(() => {
    const timer = setInterval(() => {
      if (waiting.current.size === 0) return;
      const latest = waiting.current;
      waiting.current = new Map();
      startTransition(() => setPositions((before) => new Map([...before, ...latest])));
    }, POSITIONS_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return positions;
}
