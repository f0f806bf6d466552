import type { HubMessage, Reader, Topic } from './hub';
import type { Told } from './told';

/** How some readers are told of a topic. */
export type Source<Value> = {
  /** Sources of the same key tell the same: their readers share what is made and encoded. */
  key: string;
  topic: Topic;
  /** What comes within this after something goes out together, milliseconds; left out: one by one. */
  everyMs?: number;
  tell(messages: readonly HubMessage[]): Told<Value>;
};

export type Listener<Value> = { take(told: Told<Value>): void };

/** A topic as one audience hears it: each message is made once for all who listen. */
export class SharedStream<Value> implements Reader {
  readonly #listeners = new Set<Listener<Value>>();
  #waiting: HubMessage[] = [];
  #scheduled = false;

  constructor(private readonly source: Source<Value>) {}

  get size(): number {
    return this.#listeners.size;
  }

  get topic(): Topic {
    return this.source.topic;
  }

  join(listener: Listener<Value>): void {
    this.#listeners.add(listener);
  }

  leave(listener: Listener<Value>): void {
    this.#listeners.delete(listener);
  }

  push(message: HubMessage): void {
    if (this.source.everyMs === undefined) {
      this.#tell([message]);
      return;
    }
    this.#waiting.push(message);
    if (this.#scheduled) return;
    this.#scheduled = true;
    // What is published in one go goes together.
    queueMicrotask(() => this.#tellTogether());
  }

  #tellTogether(): void {
    const messages = this.#waiting;
    this.#waiting = [];
    this.#scheduled = messages.length > 0;
    if (!this.#scheduled) return;
    setTimeout(() => this.#tellTogether(), this.source.everyMs);
    this.#tell(messages);
  }

  #tell(messages: readonly HubMessage[]): void {
    const told = this.source.tell(messages);
    for (const listener of this.#listeners) listener.take(told);
  }
}
