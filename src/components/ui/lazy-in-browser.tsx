'use client';

import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
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

/** A component that the server does not draw, and whose code comes after the page's. */
export function lazyInBrowser<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  fallback: ReactNode = null,
): (props: Props) => ReactNode {
  // `lazy` wraps the type of its component in a conditional one that no generic passes.
  const Loaded = lazy(load) as unknown as ComponentType<Props>;
  return (props) => <InBrowser Loaded={Loaded} props={props} fallback={fallback} />;
}
