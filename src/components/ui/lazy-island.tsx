'use client';

import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';

/**
 * A part of a page that the server draws and that comes to life later than the rest, with code of its
 * own. For what is read rather than touched.
 */
export function lazyIsland<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): (props: Props) => ReactNode {
  // `lazy` wraps the type of its component in a conditional one that no generic passes.
  const Loaded = lazy(load) as unknown as ComponentType<Props>;
  return (props) => (
    <Suspense>
      <Loaded {...props} />
    </Suspense>
  );
}
