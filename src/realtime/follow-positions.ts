import type { Database } from '@/db/client';
import { findPosition, onlineDrivers } from '@/db/queries/drivers';
import { findCard } from '@/db/queries/orders';
import { maySeeCourier, maySeeOrder } from '@/domain/audiences';
import type { DeliveryImage } from '@/domain/delivery';
import type { DriverPosition } from '@/domain/driver';
import { notFound } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import type { Hub, HubMessage } from './hub';
import { type Listen, LiveFeed } from './live-feed';
import type { Source } from './shared-stream';
import { Told } from './told';

/** Where drivers are. Ephemeral: no cursor, the latest value counts, and who is slow gets only that. */

type FollowCourier = {
  db: Database;
  hub: Hub;
  viewer: Viewer;
  orderId: string;
  signal: AbortSignal | undefined;
};

type Courier = DriverPosition | null;

/** Changes of the delivery say nothing by themselves: the reader looks again. */
const deliveryOf = (orderId: string): Source<Courier> => ({
  key: `courier ${orderId}`,
  topic: `order:${orderId}`,
  tell: (messages) => new Told(messages),
});

const positionOf = (driverId: string): Source<Courier> => ({
  key: `position ${driverId}`,
  topic: `position:${driverId}`,
  tell(messages) {
    const [message] = messages;
    const position = message?.kind === 'position' ? message.position : undefined;
    return new Told(messages, position, 'latest');
  },
});

/** Where the courier of an order is, while the viewer may see it; null when they may not (any more). */
class CourierFeed extends LiveFeed<Courier> {
  #found = false;
  #customerId: string | null = null;
  #driverId: string | null = null;
  /** Perhaps somebody else carries it now, or the reader may not see them any more. */
  #changed = false;

  constructor(private readonly input: FollowCourier) {
    super(input.hub, input.signal);
  }

  next(told: Told<Courier>) {
    const [message] = told.from;
    // A position of the driver before may have waited beside the event that took them off.
    if (message?.kind === 'position') {
      return message.position.driverId === this.#driverId ? told : ('known' as const);
    }
    const delivery = message?.read.event.data.delivery;
    if (!delivery || this.#shown(delivery) === this.#driverId) return 'known' as const;
    this.#changed = true;
    return 'behind' as const;
  }

  protected async *replay(listen: Listen<Courier>) {
    const { db, viewer, orderId } = this.input;
    const changes = deliveryOf(orderId);
    const before = this.#changed ? this.#driverId : undefined;
    this.#changed = false;
    if (!this.#found) listen([changes]);
    const card = await findCard(db, orderId);
    const delivery = card?.delivery ?? null;
    this.#customerId = card?.order.customerId ?? null;
    if (!this.#found && !(card && maySeeOrder(viewer, this.#parties(delivery)))) {
      throw notFound('order');
    }
    this.#found = true;
    this.#driverId = this.#shown(delivery);
    listen(this.#driverId ? [changes, positionOf(this.#driverId)] : [changes]);
    if (this.#driverId === before) return;
    yield new Told<Courier>([], this.#driverId ? await findPosition(db, this.#driverId) : null);
  }

  #parties(delivery: DeliveryImage | null) {
    return { customerId: this.#customerId, driverId: delivery?.driverId ?? null };
  }

  /** Whom the reader may see as its courier. */
  #shown(delivery: DeliveryImage | null): string | null {
    const parties = this.#parties(delivery);
    return maySeeCourier(this.input.viewer, parties, delivery) ? parties.driverId : null;
  }
}

export const followCourier = (input: FollowCourier): LiveFeed<Courier> => new CourierFeed(input);

const latestOfEach = (messages: readonly HubMessage[]): DriverPosition[] => {
  const latest = new Map<string, DriverPosition>();
  for (const message of messages) {
    if (message.kind === 'position') latest.set(message.position.driverId, message.position);
  }
  return [...latest.values()];
};

/** All positions, the latest of each driver who is online first, then at most every `everyMs`. */
class AllPositionsFeed extends LiveFeed<DriverPosition[]> {
  constructor(
    private readonly input: { db: Database; hub: Hub; signal: AbortSignal | undefined },
    private readonly everyMs: number,
  ) {
    super(input.hub, input.signal);
  }

  next(told: Told<DriverPosition[]>) {
    return told;
  }

  protected async *replay(listen: Listen<DriverPosition[]>) {
    listen([
      {
        key: `positions ${this.everyMs}`,
        topic: 'positions',
        everyMs: this.everyMs,
        tell: (messages) => new Told(messages, latestOfEach(messages), 'latest'),
      },
    ]);
    const known = (await onlineDrivers(this.input.db)).flatMap(({ position }) => position ?? []);
    if (known.length > 0) yield new Told([], known);
  }
}

export const followAllPositions = (
  input: { db: Database; hub: Hub; signal: AbortSignal | undefined },
  everyMs: number,
): LiveFeed<DriverPosition[]> => new AllPositionsFeed(input, everyMs);
