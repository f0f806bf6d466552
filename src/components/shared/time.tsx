'use client';

import { useNow } from './clock';
import { useFormat } from './use-format';

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
  const format = useFormat();
  const now = useNow(as === 'clock' || as === 'seconds' || as === 'moment' ? 60 : 10);
  const words = {
    clock: () => format.clock(at, timeZone),
    seconds: () => format.seconds(at, timeZone),
    moment: () => format.moment(at, now, timeZone),
    ago: () => format.ago(at, now),
    late: () => format.late(at, now),
  }[as]();
  if (words === null) return null;
  return (
    <time dateTime={at} className={`numerals ${className ?? ''}`} suppressHydrationWarning>
      {words}
    </time>
  );
}
