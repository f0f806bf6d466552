'use client';

import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react';
import { whenIdle } from './when-idle';

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;

type WhenOpenProps<Props> = { Loaded: ComponentType<Props>; load: Load<Props>; props: Props };

function WhenOpen<Props extends { open: boolean }>({ Loaded, load, props }: WhenOpenProps<Props>) {
  const [opened, setOpened] = useState(props.open);
  if (props.open && !opened) setOpened(true);
  useEffect(() => whenIdle(() => void load()), [load]);
  if (!opened) return null;
  return (
    <Suspense fallback={null}>
      <Loaded {...props} />
    </Suspense>
  );
}

/**
 * A dialog whose code comes when the page is idle, or when it opens first: no page waits for it. Once
 * open it stays mounted, so that it can leave the way it came.
 */
export function lazyWhenOpen<Props extends { open: boolean }>(
  load: Load<Props>,
): (props: Props) => React.JSX.Element {
  const Loaded = lazy(load) as unknown as ComponentType<Props>;
  return (props) => <WhenOpen Loaded={Loaded} load={load} props={props} />;
}
