'use client';

import { lazyInBrowser } from '@/components/ui/lazy-in-browser';

/** After everything else: nothing of it is in the first picture. */
export const LazyOrderNotices = lazyInBrowser(async () => ({
  default: (await import('./order-notices')).OrderNotices,
}));
