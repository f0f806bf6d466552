'use client';

import { useEffect } from 'react';

/** Keeps the screen on: nothing must ring in a dark pocket, or beside a stove. */
export function useWakeLock(wanted: boolean): void {
  // The browser's wake lock; it lets go when the page is hidden and is taken again after.
  useEffect(() => {
    if (!wanted || !('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let over = false;
    const take = () => {
      if (document.visibilityState !== 'visible') return;
      navigator.wakeLock.request('screen').then(
        (taken) => {
          lock = taken;
          if (over) void taken.release();
        },
        () => undefined,
      );
    };
    take();
    document.addEventListener('visibilitychange', take);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', take);
      void lock?.release();
    };
  }, [wanted]);
}
