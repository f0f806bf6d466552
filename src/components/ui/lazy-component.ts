import { type ComponentType, lazy, memo, type ReactNode } from 'react';

export type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;

/** `lazy` wraps the type of its component in a conditional one that nothing generic passes. */
export const lazyComponent = <Props>(load: Load<Props>): ComponentType<Props> =>
  lazy(load) as unknown as ComponentType<Props>;

/** `memo`, with the same type for the same reason. */
export const stable = <Props extends object>(
  render: (props: Props) => ReactNode,
): ComponentType<Props> => memo(render) as unknown as ComponentType<Props>;
