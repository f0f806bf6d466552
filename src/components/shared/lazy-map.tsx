'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/skeleton';

/** The map draws with WebGL and is heavy: it loads after the words around it. */
export const LazyMap = dynamic(
  () => import('@/components/shared/map/map').then((module) => module.Map),
  { ssr: false, loading: () => <Skeleton className="size-full rounded-none" /> },
);
