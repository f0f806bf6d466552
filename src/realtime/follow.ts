import { type TrackedEnvelope, tracked } from '@trpc/server';
import type { Database } from '@/db/client';
import {
  type Feed,
  type LogPosition,
  type ReadEvent,
  readFeed,
  readForgotten,
  readStream,
} from '@/db/queries/events';
import { projectEvent, seesLike } from '@/domain/audiences';
import type { LiveBatch, LiveMessage, LogEvent } from '@/domain/events';
import type { Viewer } from '@/domain/roles';
import type { OrderView } from '@/domain/views';
import { feedCursor, isAfter, orderCursor, parseFeedCursor, parseOrderCursor } from './cursor';
import type { Hub, HubMessage, Topic } from './hub';
import { type Listen, LiveFeed } from './live-feed';
import { sharedReadsOf } from './shared-reads';
import type { Source } from './shared-stream';
import { orderSnapshot, type Snapshot, versionFor } from './snapshots';
import { Told } from './told';

type Tracked<Message> = TrackedEnvelope<Message>;
export type Live<View> = LiveFeed<Tracked<LiveMessage<View>>>;

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

type Afresh<View> = Exclude<LiveMessage<View>, { kind: 'event' }>;

/** A whole view; a client whose cursor is too old, of another epoch or none of ours is told so. */
const afresh = <View>(view: View, lastEventId: string | null): Afresh<View> =>
  lastEventId ? { kind: 'resync', reason: 'cursor_unknown', view } : { kind: 'snapshot', view };

const asMessage = (event: LogEvent): HubMessage => ({
  kind: 'event',
  read: { event, place: { xid: '0', position: '0' }, settled: true, byApi: false },
});

/** What these topics carry: events alone. */
const readOf = (message: HubMessage | undefined): ReadEvent | null =>
  message?.kind === 'event' ? message.read : null;

/** One order, gapless by version and delivered at commit. */
class OrderFeed extends LiveFeed<Tracked<LiveMessage<OrderView>>> {
  #source: Source<Tracked<LiveMessage<OrderView>>> | null = null;
  #epoch = '';
  #version = 0;

  constructor(private readonly input: FollowInput & { orderId: string }) {
    super(input.hub, input.signal);
  }

  next(told: Told<Tracked<LiveMessage<OrderView>>>) {
    const read = readOf(told.from[0]);
    if (!read || read.event.version <= this.#version) return 'known' as const;
    if (read.event.version > this.#version + 1) return 'behind' as const;
    this.#version = read.event.version;
    return told;
  }

  protected async *replay(listen: Listen<Tracked<LiveMessage<OrderView>>>) {
    let newest = this.#version;
    if (!this.#source) {
      const { epoch } = await sharedReadsOf(this.input.db).watermark();
      this.#epoch = epoch;
      this.#source = this.#from(epoch);
      listen([this.#source]);
      const begun = await this.#begin(epoch);
      newest = begun.newest;
      if (begun.first) yield begun.first;
      if (this.#version === newest) return;
    }
    const { db, orderId } = this.input;
    for (;;) {
      const events = await readStream(db, orderId, this.#version, BATCH);
      const [next] = events;
      // Versions have no gaps: what is not there was taken by retention.
      if (next ? next.version > this.#version + 1 : this.#version < newest) {
        yield await this.#again();
        continue;
      }
      for (const event of events) {
        this.#version = event.version;
        yield this.#source.tell([asMessage(event)]);
      }
      if (events.length < BATCH) return;
    }
  }

  /** Takes up the reader's place, by a whole view where it is unknown. */
  async #begin(epoch: string) {
    const { db, viewer, orderId, lastEventId } = this.input;
    const known = parseOrderCursor(lastEventId, epoch);
    if (known !== null) {
      const newest = versionFor(viewer, await sharedReadsOf(db).placeInStream(orderId));
      this.#version = known;
      if (known <= newest) return { newest, first: null };
    }
    const { view, cursor } = await orderSnapshot(db, viewer, orderId);
    this.#version = parseOrderCursor(cursor, epoch) ?? 0;
    const first = new Told([], tracked(cursor, afresh(view, lastEventId)));
    return { newest: this.#version, first };
  }

  /** A whole view in place of what the log does not hold any more. */
  async #again() {
    const { db, viewer, orderId, lastEventId } = this.input;
    const { view, cursor } = await orderSnapshot(db, viewer, orderId);
    this.#version = parseOrderCursor(cursor, this.#epoch) ?? this.#version;
    return new Told([], tracked(cursor, afresh(view, lastEventId)));
  }

  #from(epoch: string): Source<Tracked<LiveMessage<OrderView>>> {
    const { viewer, orderId } = this.input;
    return {
      key: `order:${orderId} ${epoch} ${seesLike(viewer)}`,
      topic: `order:${orderId}`,
      tell(messages) {
        const read = readOf(messages[0]);
        const event = read && projectEvent(viewer, read.event);
        if (!event) return new Told(messages);
        const cursor = orderCursor(epoch, event.version);
        return new Told(messages, tracked(cursor, { kind: 'event', event }));
      },
    };
  }
}

export const followOrder = (input: FollowInput & { orderId: string }): Live<OrderView> =>
  new OrderFeed(input);

/** Which events make up a feed, and how its reader sees them. */
export type Route = {
  feed: Feed;
  topic: Topic;
  /** By default by the reader's role; then `as` names those who see the same. */
  project?: (event: LogEvent) => LogEvent | null;
  as?: string;
  /** Events that are not shown: after one, the reader's right to the feed is asked for again. */
  rechecks?: (event: LogEvent) => boolean;
};

export type FeedInput<View> = FollowInput & {
  /** Throws where the reader may not listen, or not any more. */
  route: () => Route | Promise<Route>;
  snapshot: () => Promise<Snapshot<View>>;
};

/** How events that go out together become one message; its cursor is that of the last. */
type Say<Message> = {
  everyMs?: number;
  message: (events: LogEvent[], last: LogEvent) => Message;
};

/** A feed over many streams, each event once, in the order of reading below the watermark. */
class EventFeed<View, Message> extends LiveFeed<Tracked<Message | Afresh<View>>> {
  #source: Source<Tracked<Message | Afresh<View>>> | null = null;
  #epoch = '';
  #place: LogPosition | null = null;
  /** The place that the reader has come with. */
  #brought: LogPosition | null = null;

  constructor(
    private readonly input: FeedInput<View>,
    private readonly say: Say<Message>,
  ) {
    super(input.hub, input.signal);
  }

  next(told: Told<Tracked<Message | Afresh<View>>>) {
    const last = readOf(told.from.at(-1));
    if (!last || !this.#isNew(last)) return 'known' as const;
    if (told.nature === 'recheck') return 'behind' as const;
    const first = readOf(told.from[0]);
    const news = first && this.#isNew(first) ? told : this.#newIn(told);
    this.#place = last.place;
    return news;
  }

  protected async *replay(listen: Listen<Tracked<Message | Afresh<View>>>) {
    const { lastEventId } = this.input;
    const route = await this.input.route();
    this.#source ??= await this.#open(route);
    listen([this.#source]);
    let missed = await this.#missed(route);
    while (!missed) {
      const { view, cursor } = await this.input.snapshot();
      yield new Told([], tracked(cursor, afresh(view, lastEventId)));
      this.#place = parseFeedCursor(cursor, this.#epoch);
      missed = await this.#missed(route);
    }
    // What has been read until here may hold the end of the reader's right to it.
    if (missed.some(({ event }) => route.rechecks?.(event))) await this.input.route();
    const together = this.say.everyMs === undefined ? 1 : BATCH;
    for (let n = 0; n < missed.length; n += together) {
      const reads = missed.slice(n, n + together);
      this.#place = reads.at(-1)?.place ?? this.#place;
      yield this.#source.tell(reads.map((read) => ({ kind: 'event', read })));
    }
  }

  #isNew({ place }: ReadEvent): boolean {
    return !this.#place || isAfter(place, this.#place);
  }

  #newIn(told: Told<Tracked<Message | Afresh<View>>>) {
    const news = told.from.filter((message) => {
      const read = readOf(message);
      return read && this.#isNew(read);
    });
    return this.#source?.tell(news) ?? told;
  }

  /** What came after the reader's place; null when that is too much, or the place is unknown. */
  async #missed({ feed }: Route): Promise<ReadEvent[] | null> {
    const { db } = this.input;
    if (!this.#place) return null;
    const isBrought = this.#place === this.#brought;
    const since = await sharedReadsOf(db).since(feed, this.#place);
    if (since && !since.news) return isBrought && since.forgotten ? null : [];
    const missed = await readFeed(db, feed, this.#place, REPLAY_LIMIT + 1);
    // Looked at after the log: what retention takes meanwhile is seen here.
    const forgotten = isBrought && isAfter(await readForgotten(db), this.#place);
    return forgotten || missed.length > REPLAY_LIMIT ? null : missed;
  }

  async #open(route: Route): Promise<Source<Tracked<Message | Afresh<View>>>> {
    const { db, lastEventId } = this.input;
    const { epoch, xmin } = await sharedReadsOf(db).watermark();
    const known = parseFeedCursor(lastEventId, epoch);
    // Nobody can have read beyond the watermark: that is no cursor of ours.
    this.#brought = known && isAfter(known, { xid: xmin, position: '0' }) ? null : known;
    this.#place = this.#brought;
    this.#epoch = epoch;
    return this.#from(route, epoch);
  }

  #from(route: Route, epoch: string): Source<Tracked<Message | Afresh<View>>> {
    const { viewer } = this.input;
    const { topic, as = seesLike(viewer), rechecks = () => false } = route;
    const { everyMs, message } = this.say;
    const project = route.project ?? ((event: LogEvent) => projectEvent(viewer, event));
    return {
      key: `${topic} ${epoch} ${as} ${everyMs ?? ''}`,
      topic,
      everyMs,
      tell(messages): Told<Tracked<Message | Afresh<View>>> {
        const events: LogEvent[] = [];
        let nature: 'lasting' | 'recheck' = 'lasting';
        let cursor = '';
        for (const one of messages) {
          const read = readOf(one);
          if (!read) continue;
          const shown = project(read.event);
          if (rechecks(read.event)) nature = 'recheck';
          else if (shown) {
            events.push(shown);
            cursor = feedCursor(epoch, read.place);
          }
        }
        const last = events.at(-1);
        if (!last) return new Told<Tracked<Message>>(messages, undefined, nature);
        return new Told(messages, tracked(cursor, message(events, last)), nature);
      },
    };
  }
}

/** A feed over many streams, event by event. */
export const followFeed = <View>(input: FeedInput<View>): Live<View> =>
  new EventFeed(input, { message: (_, event) => ({ kind: 'event' as const, event }) });

/**
 * The same in batches, for those who watch everything: the first event at once, and what comes within
 * `everyMs` after it as one message.
 */
export const followFeedInBatches = <View>({
  everyMs,
  ...input
}: FeedInput<View> & { everyMs: number }): LiveFeed<Tracked<LiveBatch<View>>> =>
  new EventFeed(input, {
    everyMs,
    message: (events) => ({ kind: 'events' as const, events }),
  });
