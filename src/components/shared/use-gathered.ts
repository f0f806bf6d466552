'use client';

import { useEffect, useRef } from 'react';

/** Changes that come together, as those of an import, are read once; milliseconds. */
const GATHER_MS = 150;

/** Calls back once for each of the ids that come within a moment. */
export function useGathered(onId: (id: string) => void): (id: string) => void {
  const latest = useRef(onId);
  latest.current = onId;
  const waiting = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  // Owns timers: none may fire into a page that is gone.
  useEffect(() => {
    const timers = waiting.current;
    return () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    };
  }, []);
  return (id) => {
    if (waiting.current.has(id)) return;
    const timer = setTimeout(() => {
      waiting.current.delete(id);
      latest.current(id);
    }, GATHER_MS);
    waiting.current.set(id, timer);
  };
}
