import type { Database } from '@/db/client';
import type { LogPosition } from '@/db/queries/events';
import { advance, type Claimed } from '@/db/queries/relay-destinations';
import { insertTries, type NewTry } from '@/db/queries/relay-tries';

/** So many events may be delivered and not yet recorded: after a crash they come again. */
const MOST_UNRECORDED = 100;

type Passed = {
  to: LogPosition;
  /** Null: nothing of it was wanted. */
  deliveredAt: Date | null;
  events: number;
  tries: NewTry[];
};

/**
 * Moves a destination's place behind what was delivered, while the next is on its way: what comes together
 * during one commit is in the next. Everything is written in its order, under the lease.
 */
export class DeliveryRecord {
  #unwritten: Passed | null = null;
  #writing: Promise<void> | null = null;
  #place: LogPosition;
  /** Whether the destination is still ours to serve. */
  #held = true;
  #failure: { error: unknown } | null = null;

  constructor(
    private readonly db: Database,
    private readonly claimed: Claimed,
  ) {
    this.#place = claimed.place;
  }

  /** False: it is somebody else's by now, or stopped. */
  async passed(next: Passed): Promise<boolean> {
    if (!this.#held || this.#failure) return this.settled();
    const before = this.#unwritten;
    this.#unwritten = before
      ? {
          to: next.to,
          deliveredAt: next.deliveredAt ?? before.deliveredAt,
          events: before.events + next.events,
          tries: [...before.tries, ...next.tries],
        }
      : next;
    this.#writing ??= this.#write();
    if ((this.#unwritten?.events ?? 0) >= MOST_UNRECORDED) return this.settled();
    return this.#held;
  }

  /** Until all of it is in the database; throws what went wrong there. */
  async settled(): Promise<boolean> {
    await this.#writing;
    if (this.#failure) throw this.#failure.error;
    return this.#held;
  }

  /** The place was moved by a commit of its own, after all that was delivered before. */
  movedTo(place: LogPosition): void {
    this.#place = place;
  }

  async #write(): Promise<void> {
    try {
      while (this.#unwritten && this.#held) {
        const { to, deliveredAt, tries } = this.#unwritten;
        this.#unwritten = null;
        this.#held = await this.db.transaction(async (tx) => {
          if (tries.length > 0) await insertTries(tx, tries);
          return advance(tx, { ...this.claimed, place: this.#place }, to, deliveredAt);
        });
        this.#place = to;
      }
    } catch (error) {
      this.#failure = { error };
    } finally {
      this.#writing = null;
    }
  }
}
