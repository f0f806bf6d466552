'use client';

import { type ComponentType, type ReactNode, Suspense } from 'react';
import { type Load, lazyComponent, stable } from './lazy-component';
import { useHydrated } from './use-hydrated';

type InBrowserProps<Props> = { Loaded: ComponentType<Props>; props: Props; fallback: ReactNode };

function InBrowser<Props extends object>({ Loaded, props, fallback }: InBrowserProps<Props>) {
  if (!useHydrated()) return fallback;
  return (
    <Suspense fallback={fallback}>
      <Loaded {...props} />
    </Suspense>
  );
}

/** A component that the server does not draw, and whose code comes after the page's. The same props draw nothing anew. */
export function lazyInBrowser<Props extends object>(
  load: Load<Props>,
  fallback: ReactNode = null,
): (props: Props) => ReactNode {
  const Loaded = lazyComponent(load);
  return stable((props) => <InBrowser Loaded={Loaded} props={props} fallback={fallback} />);
}
