import { useSyncExternalStore } from 'react';
import type { MapTheme } from './palette';

const DARK = '(prefers-color-scheme: dark)';

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const query = window.matchMedia(DARK);
  query.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    query.removeEventListener('change', changed);
  };
}

function current(): MapTheme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return window.matchMedia(DARK).matches ? 'dark' : 'light';
}

/** The page's theme: what <html data-theme> says, or else the device. */
export const useMapTheme = (): MapTheme => useSyncExternalStore(subscribe, current, () => 'light');
