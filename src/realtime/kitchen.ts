import type { Database } from '@/db/client';
import { couriersToCounter } from '@/db/queries/couriers-to-counter';
import { openMustSees } from '@/db/queries/must-sees';
import { cardsOfRestaurant, linesOfOrders } from '@/db/queries/orders';
import { findRestaurant } from '@/db/queries/restaurants';
import { isTied } from '@/db/queries/staff';
import { notFound } from '@/domain/errors';
import { usualPace } from '@/domain/eta';
import { haversineMeters } from '@/domain/geo';
import {
  deliveryForKitchen,
  mustSeeForKitchen,
  orderForKitchen,
  projectForKitchen,
} from '@/domain/kitchen-audience';
import {
  type CounterArrival,
  KITCHEN_KEEPS_MINUTES,
  type KitchenView,
} from '@/domain/kitchen-view';
import type { RestaurantImage } from '@/domain/restaurant';
import type { Viewer } from '@/domain/roles';
import { type FollowInput, followFeed, type Live } from './follow';
import type { Hub, Topic } from './hub';
import { pause } from './pause';
import { atWatermark, consistently, type Snapshot } from './snapshots';

const KITCHEN_ORDERS = 300;

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
      cards: cards.map((card) => ({
        ...card,
        order: orderForKitchen(card.order),
        delivery: card.delivery && deliveryForKitchen(card.delivery),
      })),
      lines: await linesOfOrders(
        tx,
        cards.map(({ order }) => order.id),
      ),
      mustSees: (await openMustSees(tx, restaurant.id)).map(mustSeeForKitchen),
    };
    return { view, cursor: atWatermark(watermark) };
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
