'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { ZoneOffset } from '@/domain/wall-clock';

const Known = createContext<ZoneOffset | null>(null);

/** Tells a page how far the clocks that it shows are ahead: its first picture then needs no formatter of dates. */
export function ZoneOffsetProvider({
  offset,
  children,
}: {
  offset: ZoneOffset | null;
  children: ReactNode;
}) {
  return <Known value={offset}>{children}</Known>;
}

export const useZoneOffset = (): ZoneOffset | null => useContext(Known);
