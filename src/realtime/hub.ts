import type { ReadEvent } from '@/db/queries/events';
import type { DriverPosition } from '@/domain/driver';
import { type Listener, SharedStream, type Source } from './shared-stream';

/** What travels through the hub: lines of the log, and positions, which are never in the log. */
export type HubMessage =
  | { kind: 'event'; read: ReadEvent }
  | { kind: 'position'; position: DriverPosition };

export type Topic =
  /** One order's stream, at commit, by version. */
  | `order:${string}`
  /** Feeds over many streams, below the watermark, by place in the log. */
  | `customer:${string}`
  | `driver:${string}`
  | `kitchen:${string}`
  | 'all'
  | 'restaurants'
  /** Latest positions: ephemeral, may be skipped. */
  | `position:${string}`
  | 'positions';

/** A reader that falls this many events behind loses them, is told so, and reads them from the log. */
export const QUEUE_LIMIT = 2_000;

const OF_DRIVER = 'position:';

/** Somebody who is told of topics; `size`: for how many. */
export type Reader = { push(message: HubMessage): void; readonly size: number };

/** What a reader gets: events in order, `lost` in place of too many, and only the latest positions. */
export type Received = HubMessage | { kind: 'lost' };

/** Messages of some topics for one reader. */
export class Subscription implements Reader, AsyncIterable<Received>, Disposable {
  readonly size = 1;
  #events: Received[] = [];
  #positions = new Map<string, DriverPosition>();
  #topics = new Set<Topic>();
  #wake: (() => void) | null = null;
  #closed = false;

  constructor(
    private readonly hub: Hub,
    topics: readonly Topic[],
    signal?: AbortSignal,
  ) {
    for (const topic of topics) this.add(topic);
    if (signal?.aborted) this.close();
    signal?.addEventListener('abort', () => this.close(), { once: true });
  }

  add(topic: Topic): void {
    if (this.#closed) return;
    this.#topics.add(topic);
    this.hub.attach(topic, this);
  }

  remove(topic: Topic): void {
    this.#topics.delete(topic);
    this.hub.detach(topic, this);
  }

  push(message: HubMessage): void {
    if (message.kind === 'position') {
      this.#positions.set(message.position.driverId, message.position);
    } else if (this.#events.length < QUEUE_LIMIT) {
      this.#events.push(message);
    } else {
      this.#events = [{ kind: 'lost' }];
    }
    this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    for (const topic of this.#topics) this.hub.detach(topic, this);
    this.#topics.clear();
    this.#wake?.();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Waits until there is something to take; false when the subscription is over. */
  async ready(): Promise<boolean> {
    while (this.#events.length === 0 && this.#positions.size === 0) {
      if (this.#closed) return false;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
    return true;
  }

  /** Everything that waits, events first. */
  take(): Received[] {
    const events = this.#events;
    const positions = [...this.#positions.values()];
    this.#events = [];
    this.#positions.clear();
    return [...events, ...positions.map((position) => ({ kind: 'position' as const, position }))];
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Received> {
    while (await this.ready()) yield* this.take();
  }
}

/** Carries messages from the tail to the readers of this process. */
export class Hub {
  /** Whether nothing will ever happen in it. */
  readonly rests: boolean = false;
  readonly #readers = new Map<Topic, Set<Reader>>();
  readonly #shared = new Map<string, SharedStream<never>>();

  subscribe(topics: readonly Topic[], signal?: AbortSignal): Subscription {
    return new Subscription(this, topics, signal);
  }

  publish(topic: Topic, message: HubMessage): void {
    for (const reader of this.#readers.get(topic) ?? []) reader.push(message);
  }

  attach(topic: Topic, reader: Reader): void {
    const readers = this.#readers.get(topic);
    if (readers) readers.add(reader);
    else this.#readers.set(topic, new Set([reader]));
  }

  detach(topic: Topic, reader: Reader): void {
    const readers = this.#readers.get(topic);
    readers?.delete(reader);
    if (readers?.size === 0) this.#readers.delete(topic);
  }

  /** A listener turns from some streams to others; what is in both goes on without a gap. */
  move<Value>(
    listener: Listener<Value>,
    from: readonly Source<Value>[],
    to: readonly Source<Value>[],
  ): void {
    const isIn = (sources: readonly Source<Value>[], { key }: Source<Value>) =>
      sources.some((other) => other.key === key);
    for (const source of to) if (!isIn(from, source)) this.#join(source, listener);
    for (const source of from) if (!isIn(to, source)) this.#leave(source, listener);
  }

  /** Whose positions people follow here: some drivers', or everybody's, on a board. */
  positionsFollowed(): { driverIds: string[]; everybody: boolean } {
    const driverIds = [...this.#readers.keys()].flatMap((topic) =>
      topic.startsWith(OF_DRIVER) ? [topic.slice(OF_DRIVER.length)] : [],
    );
    const everybody = [...this.#shared.values()].some(({ topic }) => topic === 'positions');
    return { driverIds, everybody };
  }

  /** How many topics somebody listens to, and how many readers there are over all of them. */
  size(): { topics: number; readers: number } {
    let readers = 0;
    for (const set of this.#readers.values()) for (const { size } of set) readers += size;
    return { topics: this.#readers.size, readers };
  }

  #join<Value>(source: Source<Value>, listener: Listener<Value>): void {
    const stream = this.#streamOf(source) ?? new SharedStream(source);
    if (stream.size === 0) {
      this.#shared.set(source.key, stream as SharedStream<never>);
      this.attach(source.topic, stream);
    }
    stream.join(listener);
  }

  #leave<Value>(source: Source<Value>, listener: Listener<Value>): void {
    const stream = this.#streamOf(source);
    stream?.leave(listener);
    if (stream?.size !== 0) return;
    this.#shared.delete(source.key);
    this.detach(source.topic, stream);
  }

  /** Sources of the same key tell the same, and so values of the same type. */
  #streamOf<Value>({ key }: Source<Value>): SharedStream<Value> | undefined {
    return this.#shared.get(key) as SharedStream<Value> | undefined;
  }
}

/**
 * A hub in which nothing happens: a stream that is attached to it answers what there is, and ends. It
 * remembers what was asked for. So one and the same stream is a catch-up query, too.
 */
export class RestingHub extends Hub {
  override readonly rests = true;
  readonly asked: Topic[] = [];

  override move<Value>(
    _: Listener<Value>,
    __: readonly Source<Value>[],
    to: readonly Source<Value>[],
  ): void {
    this.asked.push(...to.map(({ topic }) => topic));
  }

  override subscribe(topics: readonly Topic[]): Subscription {
    this.asked.push(...topics);
    const over = super.subscribe([]);
    over.close();
    return over;
  }
}
