import type { LogPosition } from '@/db/queries/events';

/**
 * Cursors are opaque to clients. One order's stream: `epoch.version`. A feed over many streams:
 * `epoch.xid.position`. Another epoch means another history (a restored backup): resync.
 */

export const orderCursor = (epoch: string, version: number): string => `${epoch}.${version}`;

export const feedCursor = (epoch: string, { xid, position }: LogPosition): string =>
  `${epoch}.${xid}.${position}`;

/** The version in an order's cursor, or null when it is not of this epoch or not a cursor. */
export function parseOrderCursor(cursor: string | null | undefined, epoch: string): number | null {
  const match = /^(\w+)\.(\d{1,9})$/.exec(cursor ?? '');
  return match?.[1] === epoch ? Number(match[2]) : null;
}

/** The place in a feed's cursor, or null when it is not of this epoch or not a cursor. */
export function parseFeedCursor(
  cursor: string | null | undefined,
  epoch: string,
): LogPosition | null {
  const match = /^(\w+)\.(0|[1-9]\d{0,19})\.(0|[1-9]\d{0,17})$/.exec(cursor ?? '');
  if (match?.[1] !== epoch || !match[2] || !match[3]) return null;
  return { xid: match[2], position: match[3] };
}

/** Decimal numbers without leading zeros, of any length. */
const isMore = (a: string, b: string): boolean =>
  a.length === b.length ? a > b : a.length > b.length;

/** Whether `a` comes after `b` in the order of reading. */
export const isAfter = (a: LogPosition, b: LogPosition): boolean =>
  a.xid === b.xid ? isMore(a.position, b.position) : isMore(a.xid, b.xid);
