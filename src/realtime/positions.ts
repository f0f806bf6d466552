import type { Database } from '@/db/client';
import {
  type Crumb,
  findPosition,
  onlineDrivers,
  type PositionRow,
  upsertPositions,
} from '@/db/queries/drivers';
import { findCard } from '@/db/queries/orders';
import { maySeeCourier, maySeeOrder } from '@/domain/audiences';
import type { DeliveryImage } from '@/domain/delivery';
import type { DriverPosition } from '@/domain/driver';
import { notFound } from '@/domain/errors';
import { type FixUse, isCrumb } from '@/domain/position';
import type { Viewer } from '@/domain/roles';
import type { Hub, Topic } from './hub';
import { pause } from './pause';

/** Positions wait this long to be written together, milliseconds. */
const FLUSH_MS = 200;
/** Points of drivers' ways that wait while the database is away; the oldest go first. */
const CRUMBS_WAITING = 100_000;
/** Drivers whose last kept point is known. */
const CRUMBS_KNOWN = 200_000;

const toPosition = ({ driverId, at, headingDeg, speedMps, recordedAt }: PositionRow) => ({
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
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;

  constructor(
    private readonly db: Database,
    private readonly hub: Hub,
    private readonly onError: (error: unknown) => void,
  ) {}

  record(row: PositionRow, use: FixUse = 'live'): void {
    const { driverId } = row;
    if (use === 'live') {
      const message = { kind: 'position', position: toPosition(row) } as const;
      this.hub.publish(`position:${driverId}`, message);
      this.hub.publish('positions', message);
      this.#batch.live.set(driverId, row);
    }
    if (isCrumb(this.#crumbs.get(driverId) ?? null, row)) this.#keep(row);
    this.#schedule();
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

  #keep(row: PositionRow): void {
    if (this.#crumbs.size >= CRUMBS_KNOWN) this.#crumbs.clear();
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

type FollowCourier = {
  db: Database;
  hub: Hub;
  viewer: Viewer;
  orderId: string;
  signal: AbortSignal | undefined;
};

/**
 * Where the courier of an order is, while the viewer may see it; null when they may not (any more).
 * Ephemeral: no cursor, the latest value counts.
 */
export async function* followCourier(
  input: FollowCourier,
): AsyncGenerator<DriverPosition | null, void> {
  const { db, hub, viewer, orderId, signal } = input;
  using live = hub.subscribe([`order:${orderId}`], signal);
  const card = await findCard(db, orderId);
  const customerId = card?.order.customerId ?? null;
  const seesOrder = maySeeOrder(viewer, { customerId, driverId: card?.delivery?.driverId ?? null });
  if (!card || !seesOrder) throw notFound('order');

  let topic: Topic | null = null;
  const turnTo = async (delivery: DeliveryImage | null): Promise<DriverPosition | null> => {
    const driverId = delivery?.driverId ?? null;
    const sees = maySeeCourier(viewer, { customerId, driverId }, delivery);
    const wanted: Topic | null = sees ? `position:${driverId}` : null;
    if (wanted !== topic) {
      if (topic) live.remove(topic);
      if (wanted) live.add(wanted);
      topic = wanted;
    }
    return sees && driverId ? findPosition(db, driverId) : null;
  };

  yield await turnTo(card.delivery);
  for await (const message of live) {
    if (message.kind === 'position') {
      // A position of the driver before may have waited beside the event that took them off.
      if (topic === `position:${message.position.driverId}`) yield message.position;
      continue;
    }
    const delivery =
      message.kind === 'lost'
        ? ((await findCard(db, orderId))?.delivery ?? null)
        : message.read.event.data.delivery;
    if (delivery !== undefined) yield await turnTo(delivery);
  }
}

/** All positions, the latest of each driver who is online first, then at most every `everyMs`. */
export async function* followAllPositions(
  { db, hub }: { db: Database; hub: Hub },
  everyMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<DriverPosition[], void> {
  using live = hub.subscribe(['positions'], signal);
  const known = (await onlineDrivers(db)).flatMap(({ position }) => position ?? []);
  if (known.length > 0) yield known;
  while (await live.ready()) {
    yield live.take().flatMap((message) => (message.kind === 'position' ? [message.position] : []));
    await pause(everyMs);
  }
}
