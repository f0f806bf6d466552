import type { DeliveryImage } from './delivery';
import type { LogEvent } from './events';
import type { MustSeeImage } from './must-see-image';
import type { OrderImage } from './order';
import { firstName } from './person-name';
import type { Viewer } from './roles';
import type { OrderCard } from './views';

/** What somebody at the stove sees, whoever they are: work and times, and nobody’s whereabouts. */

/** A first name, no address, no telephone, no PIN, no opinion; money only as far as it is taken at the counter. */
function orderForKitchen(order: OrderImage): OrderImage {
  return {
    ...order,
    customerId: '',
    customerName: firstName(order.customerName),
    dropoff: order.pickup,
    dropoffAddress: '',
    dropoffNote: '',
    tripDistanceM: 0,
    pin: null,
    deliveryFee: 0,
    tip: 0,
    tipAfter: 0,
    promoCode: null,
    refunds: [],
    foodRating: null,
    deliveryRating: null,
    ratingComment: '',
    ratedAt: null,
  };
}

/** Who comes to the counter, by their first name, and how far they are with it. */
function deliveryForKitchen(delivery: DeliveryImage): DeliveryImage {
  return {
    ...delivery,
    driverId: null,
    driverName: delivery.driverName && firstName(delivery.driverName),
    pay: null,
    attempt: null,
    radiusM: null,
    nextAttemptAt: null,
    nearAt: null,
    proofId: null,
    signedBy: null,
    runId: null,
    runStop: null,
    planned: null,
    stall: null,
  };
}

export const cardForKitchen = (card: OrderCard): OrderCard => ({
  ...card,
  order: orderForKitchen(card.order),
  delivery: card.delivery && deliveryForKitchen(card.delivery),
});

export const mustSeeForKitchen = (mustSee: MustSeeImage): MustSeeImage => ({
  ...mustSee,
  closedBy: null,
});

/** Their own tie alone: it ends the feed. */
const isOwnTie = ({ data }: LogEvent, viewer: Viewer): boolean => data.staffId === viewer.userId;

/** The event as the kitchen of this restaurant may see it, or null when it is none of its business. */
export function projectForKitchen(
  restaurantId: string,
  viewer: Viewer,
  event: LogEvent,
): LogEvent | null {
  if (event.restaurantId !== restaurantId || event.stream === 'driver') return null;
  const { order, delivery, mustSee, restaurant, menuItem, staffId } = event.data;
  if (staffId && !isOwnTie(event, viewer)) return null;
  const data: LogEvent['data'] = {
    ...(order ? { order: orderForKitchen(order) } : {}),
    ...(delivery ? { delivery: deliveryForKitchen(delivery) } : {}),
    ...(mustSee ? { mustSee: mustSeeForKitchen(mustSee) } : {}),
    ...(restaurant ? { restaurant } : {}),
    ...(menuItem ? { menuItem } : {}),
    ...(staffId ? { staffId } : {}),
  };
  if (Object.keys(data).length === 0 && event.type !== 'order.deleted') return null;
  const actor = /^(user|key):/.test(event.actor) ? 'staff' : event.actor;
  return { ...event, actor, customerId: null, driverId: null, data };
}

/** The event as who acts for these restaurants may see it, or null. */
export const projectForKitchens = (
  tiedTo: ReadonlySet<string>,
  viewer: Viewer,
  event: LogEvent,
): LogEvent | null =>
  event.restaurantId && tiedTo.has(event.restaurantId)
    ? projectForKitchen(event.restaurantId, viewer, event)
    : null;
