import type { LogEvent } from './events';

/** The order leaves every list: it was put away, or deleted by hand. */
export const isGone = ({ type }: Pick<LogEvent, 'type'>): boolean =>
  type === 'order.archived' || type === 'order.deleted';
