import type { Database } from '@/db/client';
import { couriersToCounter } from '@/db/queries/couriers-to-counter';
import { readStream } from '@/db/queries/events';
import { openMustSees } from '@/db/queries/must-sees';
import {
  cardsOfRestaurant,
  findCard,
  isArchived,
  linesOfOrder,
  linesOfOrders,
} from '@/db/queries/orders';
import { findRestaurant } from '@/db/queries/restaurants';
import { isTied } from '@/db/queries/staff';
import { notFound } from '@/domain/errors';
import { usualPace } from '@/domain/eta';
import { haversineMeters } from '@/domain/geo';
import { cardForKitchen, mustSeeForKitchen, projectForKitchen } from '@/domain/kitchen-audience';
import {
  type CounterArrival,
  KITCHEN_KEEPS_MINUTES,
  type KitchenView,
} from '@/domain/kitchen-view';
import type { RestaurantImage } from '@/domain/restaurant';
import type { Viewer } from '@/domain/roles';
import type { OrderView } from '@/domain/views';
import { orderCursor } from './cursor';
import { type FollowInput, followFeed, type Live } from './follow';
import type { Hub, Topic } from './hub';
import { pause } from './pause';
import { atWatermark, consistently, type Snapshot } from './snapshots';

const KITCHEN_ORDERS = 300;
const TIMELINE_EVENTS = 500;

/** The restaurant, for who may act for it; for all others it does not exist. */
async function kitchenOf(
  db: Parameters<typeof findRestaurant>[0],
  viewer: Viewer,
  slug: string,
): Promise<RestaurantImage> {
  const restaurant = await findRestaurant(db, { slug });
  const tie = restaurant && { restaurantId: restaurant.id, userId: viewer.userId };
  const mayAct = viewer.role === 'admin' || (tie !== null && (await isTied(db, tie)));
  if (!restaurant || !mayAct) throw notFound('restaurant');
  return restaurant;
}

export function kitchenSnapshot(
  db: Database,
  viewer: Viewer,
  slug: string,
  now: Date,
): Promise<Snapshot<KitchenView>> {
  return consistently(db, async (tx, watermark) => {
    const restaurant = await kitchenOf(tx, viewer, slug);
    const closedAfter = new Date(now.getTime() - KITCHEN_KEEPS_MINUTES * 60_000);
    const cards = await cardsOfRestaurant(tx, restaurant.id, closedAfter, KITCHEN_ORDERS);
    const view: KitchenView = {
      restaurant,
      cards: cards.map(cardForKitchen),
      lines: await linesOfOrders(
        tx,
        cards.map(({ order }) => order.id),
      ),
      mustSees: (await openMustSees(tx, restaurant.id)).map(mustSeeForKitchen),
    };
    return { view, cursor: atWatermark(watermark) };
  });
}

/** One order of a restaurant that the viewer acts for, whatever its age. */
export function kitchenOrder(
  db: Database,
  viewer: Viewer,
  orderId: string,
): Promise<Snapshot<OrderView>> {
  return consistently(db, async (tx, { epoch }) => {
    const card = await findCard(tx, orderId);
    const restaurantId = card?.order.restaurantId ?? null;
    const tie = restaurantId && { restaurantId, userId: viewer.userId };
    const mayAct = viewer.role === 'admin' || (tie && (await isTied(tx, tie)));
    if (!card || !restaurantId || !mayAct || (await isArchived(tx, orderId))) {
      throw notFound('order');
    }
    const events = await readStream(tx, orderId, 0, TIMELINE_EVENTS);
    const timeline = events.flatMap((event) => {
      const seen = projectForKitchen(restaurantId, viewer, event);
      return seen
        ? [{ type: seen.type, at: seen.at, actor: seen.actor, version: seen.version }]
        : [];
    });
    const lines = await linesOfOrder(tx, orderId);
    const view = { ...cardForKitchen(card), lines, timeline, offers: [], messages: [] };
    return { view, cursor: orderCursor(epoch, card.versions.order) };
  });
}

type FollowKitchen = FollowInput & { slug: string; now: () => Date };

/** What happens at one restaurant; ends when the viewer is not tied to it any more. */
export const followKitchen = ({ slug, now, ...input }: FollowKitchen): Live<KitchenView> =>
  followFeed<KitchenView>({
    ...input,
    async route() {
      const { id } = await kitchenOf(input.db, input.viewer, slug);
      return {
        feed: { restaurantId: id },
        topic: `kitchen:${id}`,
        as: input.viewer.userId,
        project: (event) => projectForKitchen(id, input.viewer, event),
        rechecks: ({ data }) => data.staffId === input.viewer.userId,
      };
    },
    snapshot: () => kitchenSnapshot(input.db, input.viewer, slug, now()),
  });

type FollowCouriers = {
  db: Database;
  hub: Hub;
  viewer: Viewer;
  slug: string;
  everyMs: number;
  signal: AbortSignal | undefined;
};

/** When the couriers on the way to this counter are there: minutes alone, and not where they are. */
export async function* followCounter(
  input: FollowCouriers,
): AsyncGenerator<CounterArrival[], void> {
  const { db, hub, viewer, slug, everyMs, signal } = input;
  const restaurant = await kitchenOf(db, viewer, slug);
  using live = hub.subscribe([`kitchen:${restaurant.id}`], signal);
  let followed = new Set<Topic>();
  let told = '';
  for (;;) {
    const couriers = await couriersToCounter(db, restaurant.id);
    const wanted = new Set(couriers.map(({ driverId }): Topic => `position:${driverId}`));
    for (const topic of followed) if (!wanted.has(topic)) live.remove(topic);
    for (const topic of wanted) if (!followed.has(topic)) live.add(topic);
    followed = wanted;
    const arrivals = couriers.map(({ orderId, at, vehicle }) => {
      const seconds = haversineMeters(at, restaurant.location) / usualPace(vehicle);
      return { orderId, minutes: Math.max(1, Math.round(seconds / 60)) };
    });
    const said = JSON.stringify(arrivals);
    if (said !== told) yield arrivals;
    told = said;
    if (!(await live.ready())) return;
    live.take();
    await pause(everyMs, signal);
  }
}
