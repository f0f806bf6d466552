import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False on the server and while hydrating: what only the browser knows is not known yet. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
