import type { Database } from '@/db/client';
import { movedAmong, movedOnline } from '@/db/queries/moved-drivers';
import type { DriverPosition } from '@/domain/driver';
import type { Hub } from './hub';
import type { PositionFeed } from './positions';

/** While other nodes move drivers who are followed here, the database is asked this often, milliseconds. */
const BUSY_POLL_MS = 1_000;
/** And this often to find out, where nothing says so, or the link does. */
const IDLE_POLL_MS = 5_000;
/** Writes are seen this much after their time; a slower one is made up for by the driver's next fix. */
const LATE_S = 0.5;

/** How many positions this node has had of others, by which way. */
export type HeardElsewhere = { link: number; database: number };

/**
 * Brings what other nodes have heard of drivers to those who follow them here: by the link at once; by
 * the database, where the others have written it, when there is none or it is away.
 */
export class PositionsElsewhere {
  readonly heard: HeardElsewhere = { link: 0, database: 0 };
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;
  #looking: Promise<void> = Promise.resolve();
  /** When the latest look that has succeeded began. */
  #lookedAt = performance.now();

  constructor(
    private readonly parts: {
      db: Database;
      hub: Hub;
      positions: PositionFeed;
      isLinked: () => boolean;
      onError: (error: unknown) => void;
    },
  ) {
    this.#schedule(BUSY_POLL_MS);
  }

  /** The link has told. */
  tell(moved: readonly DriverPosition[]): void {
    this.heard.link += this.#take(moved);
  }

  /** The link has changed: what it did not bring is looked for now. */
  lookNow(): void {
    this.#schedule(0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#looking;
  }

  #take(moved: readonly DriverPosition[]): number {
    return moved.filter((position) => this.parts.positions.heard(position)).length;
  }

  #schedule(afterMs: number): void {
    if (this.#stopped) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#looking = this.#looking.then(() => this.#look());
    }, afterMs);
  }

  async #look(): Promise<void> {
    let found = 0;
    try {
      found = this.#take(await this.#moved());
      this.heard.database += found;
    } catch (error) {
      this.parts.onError(error);
    }
    const idle = found === 0 || this.parts.isLinked();
    this.#schedule(idle ? IDLE_POLL_MS : BUSY_POLL_MS);
  }

  async #moved(): Promise<DriverPosition[]> {
    const { db, hub } = this.parts;
    const startedAt = performance.now();
    const seconds = (startedAt - this.#lookedAt) / 1_000 + LATE_S;
    const { driverIds, everybody } = hub.positionsFollowed();
    const some = driverIds.length > 0 ? await movedAmong(db, driverIds, seconds) : [];
    const all = everybody ? await movedOnline(db, seconds) : [];
    this.#lookedAt = startedAt;
    return [...some, ...all];
  }
}
