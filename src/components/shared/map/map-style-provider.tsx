'use client';

import { createContext, type ReactNode, useContext } from 'react';

const MapStyleUrl = createContext<string | undefined>(undefined);

/** The operator's own map style (MAP_STYLE_URL) for every map below; the demo city's without it. */
export function MapStyleProvider({
  url,
  children,
}: {
  url: string | undefined;
  children: ReactNode;
}) {
  return <MapStyleUrl value={url}>{children}</MapStyleUrl>;
}

export const useMapStyleUrl = (): string | undefined => useContext(MapStyleUrl);
