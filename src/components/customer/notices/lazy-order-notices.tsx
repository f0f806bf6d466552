'use client';

import dynamic from 'next/dynamic';

/** After everything else: nothing of it is in the first picture. */
export const LazyOrderNotices = dynamic(
  () => import('./order-notices').then(({ OrderNotices }) => OrderNotices),
  { ssr: false },
);
