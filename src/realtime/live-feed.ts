import { type Hub, QUEUE_LIMIT } from './hub';
import type { Listener, Source } from './shared-stream';
import type { Told } from './told';

/** Says what its reader listens to from now on, in place of what it was before. */
export type Listen<Value> = (sources: readonly Source<Value>[]) => void;

/**
 * A feed as one reader gets it: brings them to the present, again if need be, and says of each thing that
 * is told since whether it is new to them. So the ws adapter can hand its socket over to the hub; for
 * everybody else the same feed is an async iterable.
 */
export abstract class LiveFeed<Value> implements AsyncIterable<Value> {
  #refuse = (error: unknown): unknown => error;

  constructor(
    readonly hub: Hub,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** What is new in it to this reader; `behind`: there is something that only catching up can tell. */
  abstract next(told: Told<Value>): Told<Value> | 'known' | 'behind';

  /** What the reader does not know yet. Listens before it reads, so that nothing falls between. */
  protected abstract replay(listen: Listen<Value>): AsyncGenerator<Told<Value>, void>;

  /** What readers get in place of errors. */
  refusing(refuse: (error: unknown) => unknown): this {
    this.#refuse = refuse;
    return this;
  }

  async *catchUp(listen: Listen<Value>): AsyncGenerator<Told<Value>, void> {
    try {
      yield* this.replay(listen);
    } catch (error) {
      throw this.#refuse(error);
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Value, void> {
    using queue = new Queue<Value>(this.hub, this.signal);
    yield* this.#present(queue);
    if (this.hub.rests) return;
    while (await queue.ready()) {
      const waiting = queue.drain();
      if (!waiting) yield* this.#present(queue);
      for (const told of waiting ?? []) {
        const news = this.next(told);
        if (news === 'behind') yield* this.#present(queue);
        else if (news !== 'known' && news.value !== undefined) yield news.value;
      }
    }
  }

  async *#present(queue: Queue<Value>): AsyncGenerator<Value, void> {
    for await (const { value } of this.catchUp((sources) => queue.listen(sources))) {
      if (value !== undefined) yield value;
    }
  }
}

/** What one reader is told, until they come for it. */
class Queue<Value> implements Listener<Value>, Disposable {
  #sources: readonly Source<Value>[] = [];
  /** Null after too much: then the reader catches up. */
  #waiting: Told<Value>[] | null = [];
  #wake: (() => void) | null = null;
  #closed = false;

  constructor(
    private readonly hub: Hub,
    signal: AbortSignal | undefined,
  ) {
    this.#closed = signal?.aborted ?? false;
    signal?.addEventListener('abort', () => this[Symbol.dispose](), { once: true });
  }

  listen(sources: readonly Source<Value>[]): void {
    if (this.#closed) return;
    this.hub.move(this, this.#sources, sources);
    this.#sources = sources;
  }

  take(told: Told<Value>): void {
    if (this.#waiting && this.#waiting.length < QUEUE_LIMIT) this.#waiting.push(told);
    else this.#waiting = null;
    this.#wake?.();
  }

  /** Waits until there is something to drain; false when nothing will come any more. */
  async ready(): Promise<boolean> {
    while (this.#waiting?.length === 0) {
      if (this.#closed) return false;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
    return true;
  }

  drain(): Told<Value>[] | null {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }

  [Symbol.dispose](): void {
    this.hub.move(this, this.#sources, []);
    this.#sources = [];
    this.#closed = true;
    this.#wake?.();
  }
}
