import { setTimeout } from 'node:timers/promises';
import type { Database } from '@/db/client';
import { findPosition, type PositionRow, upsertPositions } from '@/db/queries/drivers';
import { findCard } from '@/db/queries/orders';
import { maySeeCourier, maySeeOrder } from '@/domain/audiences';
import type { DeliveryImage } from '@/domain/delivery';
import type { DriverPosition } from '@/domain/driver';
import { notFound } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import type { Hub, Topic } from './hub';

/** Positions wait this long to be written together, milliseconds. */
const FLUSH_MS = 200;

const toPosition = ({ driverId, at, headingDeg, speedMps, recordedAt }: PositionRow) => ({
  driverId,
  at,
  headingDeg,
  speedMps,
  recordedAt,
});

/** Fans positions out at once and writes the latest of each driver in batches. */
export class PositionFeed {
  #pending = new Map<string, PositionRow>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly hub: Hub,
    private readonly onError: (error: unknown) => void,
  ) {}

  record(row: PositionRow): void {
    const message = { kind: 'position', position: toPosition(row) } as const;
    this.hub.publish(`position:${row.driverId}`, message);
    this.hub.publish('positions', message);
    this.#pending.set(row.driverId, row);
    this.#timer ??= globalThis.setTimeout(() => void this.flush(), FLUSH_MS);
  }

  /** Writes what waits; a failed batch is kept unless later fixes replace it. */
  flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const batch = this.#pending;
    this.#pending = new Map();
    this.#writing = this.#writing
      .then(() => upsertPositions(this.db, [...batch.values()]))
      .catch((error: unknown) => {
        this.onError(error);
        this.#pending = new Map([...batch, ...this.#pending]);
        this.#timer ??= globalThis.setTimeout(() => void this.flush(), FLUSH_MS);
      });
    return this.#writing;
  }

  async stop(): Promise<void> {
    await this.flush();
    if (this.#timer) clearTimeout(this.#timer);
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

/** All positions, the latest of each driver, at most every `everyMs`. */
export async function* followAllPositions(
  hub: Hub,
  everyMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<DriverPosition[], void> {
  using live = hub.subscribe(['positions'], signal);
  while (await live.ready()) {
    yield live.take().flatMap((message) => (message.kind === 'position' ? [message.position] : []));
    await setTimeout(everyMs);
  }
}
