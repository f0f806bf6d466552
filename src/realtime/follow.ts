import { type TrackedEnvelope, tracked } from '@trpc/server';
import type { Database } from '@/db/client';
import {
  type Feed,
  type ReadEvent,
  readFeed,
  readForgotten,
  readStream,
  readWatermark,
} from '@/db/queries/events';
import { projectEvent } from '@/domain/audiences';
import type { LiveBatch, LiveMessage, LogEvent } from '@/domain/events';
import type { Viewer } from '@/domain/roles';
import type { OrderView } from '@/domain/views';
import { feedCursor, isAfter, orderCursor, parseFeedCursor, parseOrderCursor } from './cursor';
import { type Hub, RestingHub, type Topic } from './hub';
import { pause } from './pause';
import { orderSnapshot, type Snapshot } from './snapshots';

export type Live<View> = AsyncGenerator<TrackedEnvelope<LiveMessage<View>>, void>;

/** The only way out of a stream: a value without its cursor would erase the client's position. */
const emit = <View>(cursor: string, message: LiveMessage<View>) => tracked(cursor, message);

const BATCH = 500;
/** A client that missed more than this gets a fresh snapshot instead. */
const REPLAY_LIMIT = 5_000;

export type FollowInput = {
  db: Database;
  hub: Hub;
  viewer: Viewer;
  lastEventId: string | null;
  signal: AbortSignal | undefined;
};

/** The cursor is too old, of another epoch, or none: said aloud, with a fresh view. */
const resync = { kind: 'resync', reason: 'cursor_unknown' } as const;

/**
 * One order, gapless by version and delivered at commit. Attaches to the hub first, then replays what
 * came after the cursor (or sends a snapshot), then goes on live.
 */
export async function* followOrder(input: FollowInput & { orderId: string }): Live<OrderView> {
  const { db, hub, viewer, orderId, lastEventId, signal } = input;
  using live = hub.subscribe([`order:${orderId}`], signal);
  const { epoch } = await readWatermark(db);
  const snapshot = await orderSnapshot(db, viewer, orderId);
  const newest = parseOrderCursor(snapshot.cursor, epoch) ?? 0;
  const known = parseOrderCursor(lastEventId, epoch);
  let version = newest;
  if (known !== null && known <= newest) {
    version = known;
  } else {
    const first = lastEventId ? resync : ({ kind: 'snapshot' } as const);
    yield emit(snapshot.cursor, { ...first, view: snapshot.view });
  }

  async function* catchUp(): Live<OrderView> {
    for (;;) {
      const events = await readStream(db, orderId, version, BATCH);
      const [next] = events;
      // Versions have no gaps: what is not there was taken by retention.
      if (next ? next.version > version + 1 : version < newest) {
        const fresh = await orderSnapshot(db, viewer, orderId);
        version = parseOrderCursor(fresh.cursor, epoch) ?? newest;
        yield emit(fresh.cursor, { ...resync, view: fresh.view });
        continue;
      }
      for (const event of events) {
        version = event.version;
        const seen = projectEvent(viewer, event);
        if (seen) yield emit(orderCursor(epoch, version), { kind: 'event', event: seen });
      }
      if (events.length < BATCH) return;
    }
  }

  if (version < newest) yield* catchUp();
  for await (const message of live) {
    if (message.kind === 'position') continue;
    if (message.kind === 'lost' || message.read.event.version > version + 1) {
      yield* catchUp();
      continue;
    }
    const { event } = message.read;
    if (event.version <= version) continue;
    version = event.version;
    const seen = projectEvent(viewer, event);
    if (seen) yield emit(orderCursor(epoch, version), { kind: 'event', event: seen });
  }
}

export type FeedInput<View> = FollowInput & {
  feed: Feed;
  topic: Topic;
  snapshot: () => Promise<Snapshot<View>>;
  /** The event as this reader may see it; by default by their role. */
  project?: (event: LogEvent) => LogEvent | null;
};

type Seen = { cursor: string; event: LogEvent };
type Step<View> =
  | { seen: Seen[] }
  | { cursor: string; message: Exclude<LiveMessage<View>, { kind: 'event' }> };

/**
 * A feed over many streams, each event once, in the order of reading below the watermark: a whole view,
 * or as many events as wait when the reader comes for more.
 */
async function* readAlong<View>(input: FeedInput<View>): AsyncGenerator<Step<View>, void> {
  const { db, hub, viewer, feed, topic, lastEventId, signal } = input;
  const project = input.project ?? ((event: LogEvent) => projectEvent(viewer, event));
  using live = hub.subscribe([topic], signal);
  const { epoch, xmin } = await readWatermark(db);
  const known = parseFeedCursor(lastEventId, epoch);
  // Nobody can have read beyond the watermark: that is no cursor of ours.
  let place = known && isAfter(known, { xid: xmin, position: '0' }) ? null : known;

  function* pass(reads: readonly ReadEvent[]) {
    for (let n = 0; n < reads.length; n += BATCH) {
      const batch = reads.slice(n, n + BATCH);
      place = batch.at(-1)?.place ?? place;
      yield {
        seen: batch.flatMap(({ place: at, event }) => {
          const seen = project(event);
          return seen ? [{ cursor: feedCursor(epoch, at), event: seen }] : [];
        }),
      };
    }
  }

  async function* startAfresh(): AsyncGenerator<Step<View>, void> {
    const { view, cursor } = await input.snapshot();
    const first = lastEventId ? resync : ({ kind: 'snapshot' } as const);
    yield { cursor, message: { ...first, view } };
    place = parseFeedCursor(cursor, epoch);
    yield* catchUp();
  }

  /** What came after our place; a whole view when that is too much, or the place is unknown. */
  async function* catchUp(): AsyncGenerator<Step<View>, void> {
    const missed = place && (await readFeed(db, feed, place, REPLAY_LIMIT + 1));
    // Looked at after the log: what retention takes meanwhile is seen here.
    const forgotten = place && place === known && isAfter(await readForgotten(db), place);
    if (!missed || forgotten || missed.length > REPLAY_LIMIT) yield* startAfresh();
    else yield* pass(missed);
  }

  yield* catchUp();
  while (await live.ready()) {
    const waiting = live.take();
    // It stands before all that came after what was lost.
    if (waiting.some(({ kind }) => kind === 'lost')) yield* catchUp();
    const reads = waiting.flatMap((message) => (message.kind === 'event' ? [message.read] : []));
    yield* pass(reads.filter((read) => !place || isAfter(read.place, place)));
  }
}

/** A feed over many streams, event by event. */
export async function* followFeed<View>(input: FeedInput<View>): Live<View> {
  for await (const step of readAlong(input)) {
    if ('message' in step) yield emit(step.cursor, step.message);
    else for (const { cursor, event } of step.seen) yield emit(cursor, { kind: 'event', event });
  }
}

/**
 * The same in batches, for those who watch everything: the first event at once, and what comes within
 * `everyMs` after it as one message, whose cursor is that of its last event.
 */
export async function* followFeedInBatches<View>(
  input: FeedInput<View> & { everyMs: number },
): AsyncGenerator<TrackedEnvelope<LiveBatch<View>>, void> {
  for await (const step of readAlong(input)) {
    if ('message' in step) yield tracked(step.cursor, step.message);
    else {
      const last = step.seen.at(-1);
      if (!last) continue;
      yield tracked(last.cursor, { kind: 'events', events: step.seen.map(({ event }) => event) });
    }
    if (!(input.hub instanceof RestingHub)) await pause(input.everyMs);
  }
}
