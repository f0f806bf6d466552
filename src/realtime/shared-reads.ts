import { batchReader } from '@/db/batch-reader';
import type { Database } from '@/db/client';
import {
  type Feed,
  type LogPosition,
  type OwnFeed,
  readSince,
  readWatermark,
  type SincePlace,
  type Watermark,
} from '@/db/queries/events';
import { findPlacesInStream, type PlaceInStream } from '@/db/queries/orders';

/** What every reader of a feed asks first. */
export type SharedReads = {
  watermark(): Promise<Watermark>;
  /** How far an order's stream has come; null: there is no such order. */
  placeInStream(orderId: string): Promise<PlaceInStream | null>;
  /** What came after a place below the watermark; null where the feed is not somebody's own. */
  since(feed: Feed, after: LogPosition): Promise<SincePlace | null>;
};

const ALL = '';

function sharedReads(db: Database): SharedReads {
  const watermark = batchReader(
    async () => new Map([[ALL, await readWatermark(db)]]),
    'while reading',
  );
  const since = (feed: OwnFeed) =>
    batchReader(async (keys) => {
      const asked = keys.map((key) => {
        const [owner = '', xid = '', position = ''] = key.split(' ');
        return { owner, after: { xid, position } };
      });
      const found = await readSince(db, feed, asked);
      return new Map(found.map((one, n) => [keys[n] ?? '', one]));
    }, 'while reading');
  const ofCustomer = since('customer');
  const ofDriver = since('driver');
  return {
    async watermark() {
      const found = await watermark(ALL);
      return found ?? readWatermark(db);
    },
    placeInStream: batchReader((ids) => findPlacesInStream(db, ids), 'while reading'),
    async since(feed, { xid, position }) {
      if (typeof feed !== 'object') return null;
      if ('customerId' in feed) return ofCustomer(`${feed.customerId} ${xid} ${position}`);
      return 'driverId' in feed ? ofDriver(`${feed.driverId} ${xid} ${position}`) : null;
    },
  };
}

const known = new WeakMap<Database, SharedReads>();

/**
 * The reads of those who begin, or come back, on this database: who asks while a query is under way shares
 * the next. After a restart thousands come at once, most of whom have missed nothing.
 */
export function sharedReadsOf(db: Database): SharedReads {
  const reads = known.get(db) ?? sharedReads(db);
  known.set(db, reads);
  return reads;
}
