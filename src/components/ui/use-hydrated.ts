import { useDeferredValue, useRef, useSyncExternalStore } from 'react';

const never = () => () => {};

/**
 * False on the server and while hydrating: what only the browser knows is not known yet. What it brings
 * after that is rendered in slices, so that no touch waits for it. A component that the browser draws alone
 * has true at once.
 */
export function useHydrated(): boolean {
  const hydrates = useRef(false);
  // It stays at what it first was: where a store changes, React renders all who ask in one piece.
  const known = useSyncExternalStore(
    never,
    () => !hydrates.current,
    () => {
      hydrates.current = true;
      return false;
    },
  );
  return useDeferredValue(true, known ? undefined : false);
}
