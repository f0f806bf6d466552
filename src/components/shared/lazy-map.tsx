'use client';

import { lazyInBrowser } from '@/components/ui/lazy-in-browser';
import { Skeleton } from '@/components/ui/skeleton';

/** The map draws with WebGL and is heavy: it loads after the words around it. */
export const LazyMap = lazyInBrowser(
  async () => ({ default: (await import('@/components/shared/map/map')).Map }),
  <Skeleton className="size-full rounded-none" />,
);
