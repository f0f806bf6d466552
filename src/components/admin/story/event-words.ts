import { reasonWords } from '@/components/shared/reason-words';
import type { OrderView, TimelineEntry } from '@/domain/views';

const WORDS: Readonly<Record<string, string>> = {
  'order.placed': 'Ordered',
  'order.accepted': 'Accepted',
  'order.preparing': 'Cooking started',
  'order.ready': 'Food is ready',
  'order.completed': 'Order completed',
  'order.rejected': 'Rejected',
  'order.cancelled': 'Cancelled',
  'order.expired': 'Nobody answered',
  'order.restored': 'Restored',
  'order.updated': 'Order changed',
  'delivery.created': 'Delivery opened',
  'delivery.offering': 'Search for a driver began',
  'delivery.unassigned': 'Taken from the driver',
  'delivery.assigned': 'Driver assigned',
  'delivery.at_pickup': 'Driver at the restaurant',
  'delivery.picked_up': 'Picked up',
  'delivery.at_dropoff': 'Driver at the door',
  'delivery.delivered': 'Delivered',
  'delivery.no_driver': 'No driver found',
  'delivery.cancelled': 'Delivery cancelled',
  'delivery.restored': 'Delivery restored',
  'delivery.failed': 'Could not be delivered',
  'delivery.returning': 'On the way back',
  'delivery.returned': 'Back at the restaurant',
  'offer.made': 'Driver asked',
  'offer.accepted': 'Offer accepted',
  'offer.declined': 'Offer declined',
  'offer.expired': 'Offer ran out',
  'offer.withdrawn': 'Offer withdrawn',
};

const BAD: ReadonlySet<string> = new Set([
  'order.rejected',
  'order.cancelled',
  'order.expired',
  'delivery.no_driver',
  'delivery.failed',
]);

/** A search that waits or widens; told by the attempts, not here. */
export const isNoise = (type: string): boolean => type === 'delivery.updated';

export const eventWords = (type: string): string => WORDS[type] ?? type.replace('.', ' ');
export const isBad = (type: string): boolean => BAD.has(type);

const PARTS: Readonly<Record<string, string>> = {
  dispatch: 'Dispatch',
  seed: 'The demo',
};

/** Who did it: a name where one is known, and a role where it is not. */
export function actorWords({ actor }: TimelineEntry, view: OrderView, me: string) {
  const [kind, id = ''] = actor.split(':');
  if (kind === 'system' && id === 'kitchen') return `${view.order.restaurantName}, automatically`;
  if (kind === 'system') return PARTS[id] ?? 'Hotfoot';
  if (kind === 'database') return `By hand in the database (${id})`;
  if (id === me) return 'You';
  if (id === view.order.customerId) return `${view.order.customerName}, customer`;
  const driver =
    id === view.delivery?.driverId
      ? view.delivery.driverName
      : view.offers.find(({ driverId }) => driverId === id)?.driverName;
  return driver ? `${driver}, driver` : 'A dispatcher';
}

/** Why it ended, beside the event that ended it. */
export function whyWords(type: string, view: OrderView): string | null {
  const { order, delivery } = view;
  if (['order.rejected', 'order.cancelled'].includes(type) && order.reason) {
    return reasonWords(order.reason);
  }
  return type === 'delivery.failed' && delivery?.reason ? reasonWords(delivery.reason) : null;
}
