import type { DeliveryImage, DeliveryStatus } from './delivery';
import { type DriverImage, dutyOf } from './driver';
import type { LogEvent } from './events';
import type { MessageImage } from './message';
import type { OrderImage } from './order';
import { firstName } from './person-name';
import type { Viewer } from './roles';
import type { OrderCard } from './views';

/**
 * Who may see what: the one module that ws, channel authorisation and REST ask.
 * Everything not granted here is invisible.
 */

type Parties = { customerId: string | null; driverId: string | null };

/**
 * May `viewer` see this order at all? The driver: while the delivery is theirs. A kitchen sees orders in
 * ways of its own, where it is told less: see `kitchen-audience`.
 */
export function maySeeOrder(viewer: Viewer, parties: Parties): boolean {
  if (viewer.role === 'admin') return true;
  if (viewer.role === 'kitchen') return false;
  if (viewer.role === 'driver') return parties.driverId === viewer.userId;
  return parties.customerId === viewer.userId;
}

/** Leg by leg: a customer sees the courier from the assignment to the door, not before or after. */
const VISIBLE_LEGS: ReadonlySet<DeliveryStatus> = new Set([
  'assigned',
  'at_pickup',
  'picked_up',
  'at_dropoff',
]);

/** May `viewer` see where the driver of this delivery is, now? */
export function maySeeCourier(
  viewer: Viewer,
  parties: Parties,
  delivery: Pick<DeliveryImage, 'status' | 'driverId'> | null,
): boolean {
  if (!delivery?.driverId) return false;
  if (viewer.role === 'admin' || delivery.driverId === viewer.userId) return true;
  return (
    viewer.role === 'customer' &&
    parties.customerId === viewer.userId &&
    VISIBLE_LEGS.has(delivery.status)
  );
}

/** A job of a driver, as far as it says who may look. */
type Carried = {
  order: Pick<OrderImage, 'customerId' | 'customerName'>;
  delivery: Pick<DeliveryImage, 'status' | 'driverId'>;
};

/**
 * Who sees where a driver is, told from the driver's side. Admins: while the driver is online; on a
 * break nothing is sent, and they see where it began. Customers: by `maySeeCourier`, leg by leg.
 */
export function watchersOf<Job extends Carried>(
  driver: Pick<DriverImage, 'online' | 'breakSince' | 'shiftOver'>,
  jobs: readonly Job[],
): { dispatchers: 'now' | 'before_break' | 'never'; customers: Job[] } {
  const duty = dutyOf(driver);
  if (duty === 'offline') return { dispatchers: 'never', customers: [] };
  const customers = jobs.filter(({ order, delivery }) => {
    const { customerId, customerName: name } = order;
    const customer = { userId: customerId, role: 'customer' as const, name };
    return maySeeCourier(customer, { customerId, driverId: delivery.driverId }, delivery);
  });
  return { dispatchers: duty === 'on_break' ? 'before_break' : 'now', customers };
}

/**
 * May `viewer` look at a picture of a handover? Admins and the driver who took it; the customer, once it
 * is what the handover was proven with.
 */
export function maySeeProof(viewer: Viewer, parties: Parties, used: boolean): boolean {
  if (viewer.role === 'admin') return true;
  if (viewer.role === 'driver') return parties.driverId === viewer.userId;
  if (viewer.role === 'kitchen') return false;
  return used && parties.customerId === viewer.userId;
}

/** Whom a driver may call about a delivery, and for how long: the kitchen on the way there, then the door. */
export function mayCall(
  whom: 'restaurant' | 'customer',
  delivery: Pick<DeliveryImage, 'status'>,
): boolean {
  const { status } = delivery;
  return whom === 'customer'
    ? status === 'picked_up' || status === 'at_dropoff'
    : ['assigned', 'at_pickup', 'failed', 'returning'].includes(status);
}

/**
 * The order as `viewer` may see it: a driver gets the first name, no sums but the total, nothing of
 * what was thought about it, and never the PIN that proves the handover.
 */
export function projectOrder(viewer: Viewer, order: OrderImage): OrderImage {
  if (viewer.role !== 'driver') return order;
  return {
    ...order,
    customerName: firstName(order.customerName),
    subtotal: 0,
    deliveryFee: 0,
    tip: 0,
    discount: 0,
    tax: 0,
    promoCode: null,
    refunds: [],
    pin: order.pin && MASKED_PIN,
    foodRating: null,
    deliveryRating: null,
    ratingComment: '',
    ratedAt: null,
  };
}

/** Tells the driver that a PIN is asked for, not which. */
const MASKED_PIN = '••••';

/** A message as `viewer` may see it: the sender's role says enough. */
export function projectMessage(viewer: Viewer, message: MessageImage): MessageImage {
  return viewer.role === 'admin' || message.senderId === viewer.userId
    ? message
    : { ...message, senderId: '' };
}

/** The delivery as `viewer` may see it: a customer gets neither pay nor the work behind it. */
export function projectDelivery(viewer: Viewer, delivery: DeliveryImage): DeliveryImage {
  if (viewer.role !== 'customer') return delivery;
  return {
    ...delivery,
    driverName: delivery.driverName && firstName(delivery.driverName),
    pay: null,
    attempt: null,
    radiusM: null,
    nextAttemptAt: null,
    nearAt: null,
    handBackReason: null,
    runId: null,
    runStop: null,
    planned: null,
    stall: null,
  };
}

export const projectCard = (viewer: Viewer, card: OrderCard): OrderCard => ({
  ...card,
  order: projectOrder(viewer, card.order),
  delivery: card.delivery && projectDelivery(viewer, card.delivery),
});

/** The event as `viewer` may see it, or null when it is none of their business. */
export function projectEvent(viewer: Viewer, event: LogEvent): LogEvent | null {
  if (viewer.role === 'admin') return event;
  // Who works where, and what a kitchen has to have seen, is between it and the admins.
  if (event.data.staffId || event.data.mustSee) return null;
  if (event.stream === 'restaurant') return { ...event, actor: 'restaurant' };
  if (event.stream === 'driver') return event.streamId === viewer.userId ? event : null;
  const { order, delivery, offer, message } = event.data;
  if (offer) {
    return viewer.role === 'driver' && offer.driverId === viewer.userId ? event : null;
  }
  if (!maySeeOrder(viewer, event)) return null;
  return {
    ...event,
    actor: publicActor(viewer, event),
    data: {
      ...(order ? { order: projectOrder(viewer, order) } : {}),
      ...(delivery ? { delivery: projectDelivery(viewer, delivery) } : {}),
      ...(message ? { message: projectMessage(viewer, message) } : {}),
    },
  };
}

/** Viewers of whom this says the same see the same of every event that `projectEvent` shows them. */
export const seesLike = ({ role, userId }: Viewer): string =>
  role === 'admin' ? role : `${role}:${userId}`;

/** Who acted, without an id that the viewer has no use for. */
function publicActor(viewer: Viewer, event: LogEvent): string {
  if (event.actor === `user:${viewer.userId}`) return event.actor;
  if (event.actor.startsWith('key:')) return 'staff';
  if (!event.actor.startsWith('user:')) return event.actor;
  const id = event.actor.slice('user:'.length);
  if (id === event.driverId) return 'driver';
  if (id === event.customerId) return 'customer';
  return 'staff';
}

/** Whom a channel is for; `share`: whoever has the link that its id is made of. */
export type Audience =
  | { kind: 'customer' | 'driver' | 'kitchen' | 'share'; id: string }
  | { kind: 'admin' | 'restaurants' };

/**
 * May `viewer` listen to what this audience is told? People to their own, admins to everything, kitchens
 * where they are tied, all to restaurants. What a share link's channel says is empty, and its name is
 * known to nobody without the link.
 */
export function mayHear(
  viewer: Viewer | null,
  audience: Audience,
  tiedTo: ReadonlySet<string>,
): boolean {
  switch (audience.kind) {
    case 'restaurants':
    case 'share':
      return true;
    case 'admin':
      return viewer?.role === 'admin';
    case 'kitchen':
      return viewer?.role === 'admin' || (viewer?.role === 'kitchen' && tiedTo.has(audience.id));
    case 'customer':
    case 'driver':
      return viewer?.role === audience.kind && viewer.userId === audience.id;
  }
}
