import type { Database } from '@/db/client';
import { type Crumb, type PositionRow, upsertPositions } from '@/db/queries/drivers';
import type { DriverPosition } from '@/domain/driver';
import { type FixUse, isCrumb } from '@/domain/position';
import type { Hub } from './hub';

/** Positions wait this long to be written together, milliseconds. */
const FLUSH_MS = 200;
/** Points of drivers' ways that wait while the database is away; the oldest go first. */
const CRUMBS_WAITING = 100_000;
/** Drivers of whom the last kept point, or the last one that was told, is known. */
const DRIVERS_KNOWN = 200_000;

const toPosition = ({
  driverId,
  at,
  headingDeg,
  speedMps,
  recordedAt,
}: PositionRow): DriverPosition => ({
  driverId,
  at,
  headingDeg,
  speedMps,
  recordedAt,
});

type Batch = {
  live: Map<string, PositionRow>;
  crumbs: Crumb[];
  written: Promise<void>;
  done: () => void;
};

function emptyBatch(): Batch {
  let done: () => void = () => undefined;
  const written = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { live: new Map(), crumbs: [], written, done };
}

/**
 * Fans positions out at once and writes them in batches, one at a time: the latest of each driver, and
 * a sample of their ways. What can't be written is kept, unless later fixes replace it.
 */
export class PositionFeed {
  #batch = emptyBatch();
  #crumbs = new Map<string, Crumb>();
  /** When what was told last of each driver was recorded, milliseconds. */
  #told = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;

  constructor(
    private readonly db: Database,
    private readonly hub: Hub,
    private readonly onError: (error: unknown) => void,
    /** Told of what moves a driver, for those who follow them at other nodes. */
    private readonly tellOthers: (position: DriverPosition) => void = () => undefined,
  ) {}

  record(row: PositionRow, use: FixUse = 'live'): void {
    const { driverId } = row;
    if (use === 'live') {
      const position = toPosition(row);
      this.#tell(position);
      this.tellOthers(position);
      this.#batch.live.set(driverId, row);
    }
    if (isCrumb(this.#crumbs.get(driverId) ?? null, row)) this.#keep(row);
    this.#schedule();
  }

  /**
   * What another node has taken, and writes: told to who may see it here, unless something as late is known.
   * Whether it was.
   */
  heard(position: DriverPosition): boolean {
    const { driverId, recordedAt } = position;
    if (Date.parse(recordedAt) <= (this.#told.get(driverId) ?? 0)) return false;
    this.#tell(position);
    return true;
  }

  /** Settles when everything recorded so far is in the database; the same promise for one batch. */
  written(): Promise<void> {
    return this.#batch.written;
  }

  /** Writes what waits now. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing;
    await this.#write();
  }

  async stop(): Promise<void> {
    await this.flush();
    if (this.#timer) clearTimeout(this.#timer);
  }

  #tell(position: DriverPosition): void {
    const { driverId, recordedAt } = position;
    if (this.#told.size >= DRIVERS_KNOWN) this.#told.clear();
    this.#told.set(driverId, Date.parse(recordedAt));
    const message = { kind: 'position', position } as const;
    this.hub.publish(`position:${driverId}`, message);
    this.hub.publish('positions', message);
  }

  #keep(row: PositionRow): void {
    if (this.#crumbs.size >= DRIVERS_KNOWN) this.#crumbs.clear();
    this.#crumbs.set(row.driverId, row);
    const { crumbs } = this.#batch;
    crumbs.push(row);
    if (crumbs.length > CRUMBS_WAITING) crumbs.splice(0, CRUMBS_WAITING / 2);
  }

  #schedule(): void {
    if (this.#writing) return;
    this.#timer ??= setTimeout(() => void this.#write(), FLUSH_MS);
  }

  #write(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const batch = this.#batch;
    if (batch.live.size === 0 && batch.crumbs.length === 0) return Promise.resolve();
    this.#batch = emptyBatch();
    this.#writing = upsertPositions(this.db, [...batch.live.values()], batch.crumbs)
      .then(batch.done)
      .catch((error: unknown) => {
        this.onError(error);
        this.#giveBack(batch);
      })
      .finally(() => {
        this.#writing = null;
        if (this.#batch.live.size > 0 || this.#batch.crumbs.length > 0) this.#schedule();
      });
    return this.#writing;
  }

  #giveBack(batch: Batch): void {
    this.#batch.live = new Map([...batch.live, ...this.#batch.live]);
    this.#batch.crumbs = [...batch.crumbs, ...this.#batch.crumbs].slice(-CRUMBS_WAITING);
    void this.#batch.written.then(batch.done);
  }
}
