import type { Database } from '@/db/client';
import { type Feed, readFeed, readForgotten, readStream, readWatermark } from '@/db/queries/events';
import { tiedRestaurants } from '@/db/queries/staff';
import { projectEvent } from '@/domain/audiences';
import type { LogEvent } from '@/domain/events';
import { projectForKitchens } from '@/domain/kitchen-audience';
import type { Viewer } from '@/domain/roles';
import { feedCursor, isAfter, orderCursor, parseFeedCursor, parseOrderCursor } from './cursor';
import { kitchenOrder } from './kitchen';
import { orderSnapshot } from './snapshots';

/** A piece of a stream for who asks instead of listening; `next` goes on behind what was read. */
export type EventsPage = {
  events: (LogEvent & { cursor: string })[];
  next: string;
  more: boolean;
};

type Ask = { after?: string | undefined; limit: number };

type Projection = (event: LogEvent) => LogEvent | null;

/** What the viewer may see of an event: people by who they are, kitchens by where they are tied. */
async function projectionFor(db: Database, viewer: Viewer): Promise<Projection> {
  if (viewer.role !== 'kitchen') return (event) => projectEvent(viewer, event);
  const tiedTo = new Set(await tiedRestaurants(db, viewer.userId));
  return (event) => projectForKitchens(tiedTo, viewer, event);
}

const seenAs = (project: Projection, event: LogEvent, cursor: string) => {
  const seen = project(event);
  return seen ? [{ ...seen, cursor }] : [];
};

/** The feed of somebody's own. */
async function feedOf(db: Database, { role, userId }: Viewer): Promise<Feed> {
  switch (role) {
    case 'admin':
      return 'all';
    case 'customer':
      return { customerId: userId };
    case 'driver':
      return { driverId: userId };
    case 'kitchen': {
      const restaurantIds = await tiedRestaurants(db, userId);
      const [restaurantId, ...more] = restaurantIds;
      // Of one restaurant an index has them in their order.
      return restaurantId && more.length === 0 ? { restaurantId } : { restaurantIds };
    }
  }
}

/** One order's events after a cursor; null when the cursor is not of this history. */
export async function readOrderPage(
  db: Database,
  viewer: Viewer,
  orderId: string,
  { after, limit }: Ask,
): Promise<EventsPage | null> {
  const look = viewer.role === 'kitchen' ? kitchenOrder : orderSnapshot;
  const { cursor } = await look(db, viewer, orderId);
  const project = await projectionFor(db, viewer);
  const { epoch } = await readWatermark(db);
  const from = after === undefined ? 0 : parseOrderCursor(after, epoch);
  const newest = parseOrderCursor(cursor, epoch) ?? 0;
  if (from === null || from > newest) return null;
  const read = await readStream(db, orderId, from, limit + 1);
  // Versions have no gaps: what is not there was taken by retention.
  if (after !== undefined && from < newest && read[0]?.version !== from + 1) return null;
  const events = read.slice(0, limit);
  return {
    events: events.flatMap((event) => seenAs(project, event, orderCursor(epoch, event.version))),
    next: orderCursor(epoch, events.at(-1)?.version ?? from),
    more: read.length > limit,
  };
}

/** The events of somebody's own feed after a cursor, below the watermark; null when the cursor is not of this history. */
export async function readFeedPage(
  db: Database,
  viewer: Viewer,
  { after, limit }: Ask,
): Promise<EventsPage | null> {
  const { epoch, xmin } = await readWatermark(db);
  // Who begins does so behind what retention took, so that the next page goes on.
  const from = after === undefined ? await readForgotten(db) : parseFeedCursor(after, epoch);
  if (!from || isAfter(from, { xid: xmin, position: '0' })) return null;
  const project = await projectionFor(db, viewer);
  const read = await readFeed(db, await feedOf(db, viewer), from, limit + 1);
  if (after !== undefined && isAfter(await readForgotten(db), from)) return null;
  const shown = read.slice(0, limit);
  return {
    events: shown.flatMap(({ event, place }) => seenAs(project, event, feedCursor(epoch, place))),
    next: feedCursor(epoch, shown.at(-1)?.place ?? from),
    more: read.length > limit,
  };
}
