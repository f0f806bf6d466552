'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import { onFirstToast } from './toast';
import { whenIdle } from './when-idle';

const Toaster = lazy(() => import('./toaster'));

/** The toaster, after everything that people wait for. */
export function LazyToaster() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const bring = () => setWanted(true);
    onFirstToast(bring);
    return whenIdle(bring);
  }, []);
  return wanted ? (
    <Suspense fallback={null}>
      <Toaster />
    </Suspense>
  ) : null;
}
