'use client';

import { startTransition, useEffect, useRef, useState } from 'react';

/** The value as it was at the last beat: for what need not follow every change at once. */
export function useCalm<T>(value: T, everyMs: number): T {
  const [calm, setCalm] = useState(value);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  // The beat.
  useEffect(() => {
    const beat = () => startTransition(() => setCalm(() => latest.current));
    const timer = setInterval(beat, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return calm;
}
