'use client';

import { useEffect } from 'react';

const tell = async (message: { type: 'keep'; path: string } | { type: 'forget' }) => {
  const registration = await navigator.serviceWorker?.getRegistration();
  registration?.active?.postMessage(message);
};

/** Keeps this page readable without a network, anew whenever `state` changes. */
export function useKeepOffline(path: string, state: string): void {
  useEffect(() => {
    if (state !== '' && navigator.onLine) void tell({ type: 'keep', path });
  }, [path, state]);
}

/** Forgets all pages that were kept: they belong to whoever signs out. */
export const forgetOffline = (): Promise<void> => tell({ type: 'forget' });
