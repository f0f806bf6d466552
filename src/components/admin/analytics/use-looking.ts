import { useSearchParams } from 'next/navigation';
import { useCallback, useState } from 'react';
import { type Looking, readLooking, writeLooking } from './analytics-in-url';

/** What is looked at; it stands in the address too, for the way back and for sharing. */
export function useLooking() {
  const params = useSearchParams();
  const [looking, setLooking] = useState(() => readLooking(params));
  const look = useCallback(
    (change: Partial<Looking>) => {
      const next = { ...looking, ...change };
      setLooking(next);
      window.history.replaceState(null, '', `${window.location.pathname}${writeLooking(next)}`);
    },
    [looking],
  );
  return { looking, look };
}
