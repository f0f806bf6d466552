import { type ComponentType, lazy } from 'react';

export type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;

/** `lazy` wraps the type of its component in a conditional one that nothing generic passes. */
export const lazyComponent = <Props>(load: Load<Props>): ComponentType<Props> =>
  lazy(load) as unknown as ComponentType<Props>;
