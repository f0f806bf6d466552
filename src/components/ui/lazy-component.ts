import { type ComponentType, createElement, lazy, memo, type ReactNode } from 'react';

export type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;

/** `lazy` wraps the type of its component in a conditional one that nothing generic passes. */
export const lazyComponent = <Props>(load: Load<Props>): ComponentType<Props> =>
  lazy(load) as unknown as ComponentType<Props>;

/**
 * `memo` inside a plain function: React mounts a memoised component anew at each refresh of the page when it
 * is the server that names it.
 */
export function stable<Props extends object>(
  render: (props: Props) => ReactNode,
): (props: Props) => ReactNode {
  const Stable = memo(render) as unknown as ComponentType<Props>;
  return (props) => createElement(Stable, props);
}
