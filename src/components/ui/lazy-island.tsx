'use client';

import { type ReactNode, Suspense } from 'react';
import { type Load, lazyComponent, stable } from './lazy-component';

/**
 * A part of a page that the server draws and that comes to life later than the rest, with code of its
 * own. For what is read rather than touched. The same props draw nothing anew.
 */
export function lazyIsland<Props extends object>(load: Load<Props>): (props: Props) => ReactNode {
  const Loaded = lazyComponent(load);
  return stable((props) => (
    <Suspense>
      <Loaded {...props} />
    </Suspense>
  ));
}
