import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { type Looking, readLooking, writeLooking } from './analytics-in-url';

/** What is looked at stands in the address, for the way back and for sharing. */
export function useLooking() {
  const params = useSearchParams();
  const looking = useMemo(() => readLooking(params), [params]);
  const look = useCallback(
    (change: Partial<Looking>) => {
      const address = writeLooking({ ...looking, ...change });
      window.history.replaceState(null, '', `${window.location.pathname}${address}`);
    },
    [looking],
  );
  return { looking, look };
}
