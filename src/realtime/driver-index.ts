import type { Database } from '@/db/client';
import {
  type AvailableDriver,
  availableAmong,
  availableDrivers,
} from '@/db/queries/available-drivers';
import type { DriverPosition } from '@/domain/driver';
import type { GeoPoint } from '@/domain/geo';
import { GeoGrid, type Near } from '@/domain/geo-grid';
import type { Hub, Received, Subscription } from './hub';

/** With these a driver may have become available, or not be any more: the database says which. */
const AVAILABILITY_EVENTS = /^(offer|delivery|driver)\./;
/** What other processes have heard of is found in the database this often, milliseconds. */
const REBUILD_MS = 30_000;
const RETRY_MS = 500;

/**
 * Where the drivers are who may be offered work, in memory: built from PostGIS, kept up by the hub's
 * positions and events. A quick guess for the dispatcher, whose transaction looks again at each of those
 * it names; what it does not name for a moment is found in the next round.
 */
export class DriverIndex {
  readonly #grid = new GeoGrid();
  readonly #recordedMs = new Map<string, number>();
  /** Heard of since the reading began that is under way. */
  #heard: Set<string> | null = null;
  #ready = false;
  #working: Promise<void> = Promise.resolve();
  #live: Subscription;
  #following: Promise<void>;
  #timer: NodeJS.Timeout;

  constructor(
    private readonly db: Database,
    hub: Hub,
    private readonly onError: (error: unknown) => void,
  ) {
    this.#live = hub.subscribe(['positions', 'all']);
    void this.rebuild();
    this.#following = this.#follow();
    this.#timer = setInterval(() => void this.rebuild(), REBUILD_MS);
    this.#timer.unref();
  }

  /** How many may be offered work. */
  get size(): number {
    return this.#grid.size;
  }

  /** The nearest who may be offered work, or null while that is not known yet. */
  nearest(at: GeoPoint, limit: number, radiusM: number): Near[] | null {
    return this.#ready ? this.#grid.nearest(at, limit, radiusM) : null;
  }

  /** Reads everybody again; what is heard meanwhile counts more. */
  rebuild(): Promise<void> {
    return this.#work(async () => {
      const heard = new Set<string>();
      this.#heard = heard;
      const found = await availableDrivers(this.db);
      this.#heard = null;
      const known = new Set(found.map(({ driverId }) => driverId));
      for (const id of [...this.#grid.ids()]) {
        if (!known.has(id) && !heard.has(id)) this.#drop(id);
      }
      for (const row of found) if (!heard.has(row.driverId)) this.#put(row);
      this.#ready = true;
    });
  }

  /** Settles when everything that was heard of until now is known. */
  async settled(): Promise<void> {
    await this.#working;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#live.close();
    await this.#following;
    await this.#working;
  }

  async #follow(): Promise<void> {
    while (await this.#live.ready()) this.#take(this.#live.take());
  }

  #take(messages: readonly Received[]): void {
    const changed = new Set<string>();
    for (const message of messages) {
      if (message.kind === 'lost') void this.rebuild();
      else if (message.kind === 'position') this.#move(message.position);
      else {
        const { type, driverId } = message.read.event;
        if (driverId && AVAILABILITY_EVENTS.test(type)) changed.add(driverId);
      }
    }
    if (changed.size > 0) void this.#look([...changed]);
  }

  #move({ driverId, at, recordedAt }: DriverPosition): void {
    if (!this.#grid.has(driverId)) return;
    this.#heard?.add(driverId);
    this.#grid.set(driverId, at);
    this.#recordedMs.set(driverId, Date.parse(recordedAt));
  }

  #look(driverIds: readonly string[]): Promise<void> {
    return this.#work(async () => {
      const found = new Map(
        (await availableAmong(this.db, driverIds)).map((row) => [row.driverId, row]),
      );
      for (const id of driverIds) {
        const row = found.get(id);
        if (row) this.#put(row);
        else this.#drop(id);
      }
    });
  }

  #put({ driverId, at, recordedAt }: AvailableDriver): void {
    const known = this.#recordedMs.get(driverId);
    if (known !== undefined && known > recordedAt.getTime()) return;
    this.#grid.set(driverId, at);
    this.#recordedMs.set(driverId, recordedAt.getTime());
  }

  #drop(driverId: string): void {
    this.#grid.remove(driverId);
    this.#recordedMs.delete(driverId);
  }

  /** One reading after another, so that a later one is never overtaken by an earlier; until it succeeds. */
  #work(read: () => Promise<void>): Promise<void> {
    const insist = async (): Promise<void> => {
      try {
        await read();
      } catch (error) {
        this.onError(error);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
        await insist();
      }
    };
    this.#working = this.#working.then(insist);
    return this.#working;
  }
}
