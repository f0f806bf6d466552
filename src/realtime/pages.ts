import type { Database } from '@/db/client';
import { type Feed, readFeed, readForgotten, readStream, readWatermark } from '@/db/queries/events';
import { projectEvent } from '@/domain/audiences';
import type { LogEvent } from '@/domain/events';
import type { Viewer } from '@/domain/roles';
import { feedCursor, isAfter, orderCursor, parseFeedCursor, parseOrderCursor } from './cursor';
import { orderSnapshot } from './snapshots';

/** A piece of a stream for who asks instead of listening; `next` goes on behind what was read. */
export type EventsPage = {
  events: (LogEvent & { cursor: string })[];
  next: string;
  more: boolean;
};

type Ask = { after?: string | undefined; limit: number };

const seenAs = (viewer: Viewer, event: LogEvent, cursor: string) => {
  const seen = projectEvent(viewer, event);
  return seen ? [{ ...seen, cursor }] : [];
};

/** One order's events after a cursor; null when the cursor is not of this history. */
export async function readOrderPage(
  db: Database,
  viewer: Viewer,
  orderId: string,
  { after, limit }: Ask,
): Promise<EventsPage | null> {
  const { cursor } = await orderSnapshot(db, viewer, orderId);
  const { epoch } = await readWatermark(db);
  const from = after === undefined ? 0 : parseOrderCursor(after, epoch);
  const newest = parseOrderCursor(cursor, epoch) ?? 0;
  if (from === null || from > newest) return null;
  const read = await readStream(db, orderId, from, limit + 1);
  // Versions have no gaps: what is not there was taken by retention.
  if (after !== undefined && from < newest && read[0]?.version !== from + 1) return null;
  const events = read.slice(0, limit);
  return {
    events: events.flatMap((event) => seenAs(viewer, event, orderCursor(epoch, event.version))),
    next: orderCursor(epoch, events.at(-1)?.version ?? from),
    more: read.length > limit,
  };
}

/** A feed's events after a cursor, below the watermark; null when the cursor is not of this history. */
export async function readFeedPage(
  db: Database,
  viewer: Viewer,
  feed: Feed,
  { after, limit }: Ask,
): Promise<EventsPage | null> {
  const { epoch, xmin } = await readWatermark(db);
  // Who begins does so behind what retention took, so that the next page goes on.
  const from = after === undefined ? await readForgotten(db) : parseFeedCursor(after, epoch);
  if (!from || isAfter(from, { xid: xmin, position: '0' })) return null;
  const read = await readFeed(db, feed, from, limit + 1);
  if (after !== undefined && isAfter(await readForgotten(db), from)) return null;
  const shown = read.slice(0, limit);
  return {
    events: shown.flatMap(({ event, place }) => seenAs(viewer, event, feedCursor(epoch, place))),
    next: feedCursor(epoch, shown.at(-1)?.place ?? from),
    more: read.length > limit,
  };
}
