'use client';

import { useNow } from './clock';
import { agoWords, clockWords, lateWords, momentWords, secondsWords } from './time-words';

type TimeProps = {
  at: string;
  timeZone?: string;
  /**
   * clock 19:42 · seconds 19:42:10 · moment “yesterday 19:42” · ago “3 min ago” · late “2 min late”
   */
  as?: 'clock' | 'seconds' | 'moment' | 'ago' | 'late';
  className?: string;
};

/** A moment in words that stay true while time passes. */
export function Time({ at, timeZone, as = 'clock', className }: TimeProps) {
  const now = useNow(as === 'clock' || as === 'seconds' || as === 'moment' ? 60 : 10);
  const words = {
    clock: () => clockWords(at, timeZone),
    seconds: () => secondsWords(at, timeZone),
    moment: () => momentWords(at, now, timeZone),
    ago: () => agoWords(at, now),
    late: () => lateWords(at, now),
  }[as]();
  if (words === null) return null;
  return (
    <time dateTime={at} className={`numerals ${className ?? ''}`} suppressHydrationWarning>
      {words}
    </time>
  );
}
