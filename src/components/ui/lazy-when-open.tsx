'use client';

import { type ComponentType, Suspense, useEffect, useState } from 'react';
import { type Load, lazyComponent } from './lazy-component';
import { whenIdle } from './when-idle';

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
  const Loaded = lazyComponent(load);
  return (props) => <WhenOpen Loaded={Loaded} load={load} props={props} />;
}
