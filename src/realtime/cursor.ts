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
  const match = /^(\w+)\.(\d{1,20})\.(\d{1,18})$/.exec(cursor ?? '');
  if (match?.[1] !== epoch || !match[2] || !match[3]) return null;
  return { xid: match[2], position: match[3] };
}

/** Whether `a` comes after `b` in the order of reading. */
export function isAfter(a: LogPosition, b: LogPosition): boolean {
  if (a.xid !== b.xid) return BigInt(a.xid) > BigInt(b.xid);
  return BigInt(a.position) > BigInt(b.position);
}
