'use client';

import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';

const RenderedAt = createContext(0);

/** Gives the first render in the browser the time of the render on the server. */
export function ClockProvider({
  renderedAt,
  children,
}: {
  renderedAt: string;
  children: ReactNode;
}) {
  return <RenderedAt value={new Date(renderedAt).getTime()}>{children}</RenderedAt>;
}

const listeners = new Set<() => void>();
let second = 0;
let timer: ReturnType<typeof setInterval> | null = null;

const thisSecond = () => Math.floor(Date.now() / 1_000) * 1_000;

function tick() {
  second = thisSecond();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  if (!timer) {
    timer = setInterval(tick, 1_000);
    second = thisSecond();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer) {
      clearInterval(timer);
      timer = null;
    }
  };
}

/** The time by the wall clock; a component renders again when `everySeconds` have begun anew. */
export function useNow(everySeconds = 10): Date {
  const renderedAt = useContext(RenderedAt);
  const step = everySeconds * 1_000;
  const at = useSyncExternalStore(
    subscribe,
    () => Math.floor((timer ? second : thisSecond()) / step) * step,
    () => Math.floor(renderedAt / step) * step,
  );
  return useMemo(() => new Date(at), [at]);
}
