'use client';

import { useEffect } from 'react';

/** Keeps the service worker registered: outside of it this page needs a network. */
export function ServiceWorker() {
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    // After the page has settled: nothing here is needed for the first picture.
    const timer = setTimeout(() => void navigator.serviceWorker.register('/sw.js'), 3_000);
    return () => clearTimeout(timer);
  }, []);
  return null;
}
