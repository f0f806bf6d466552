import type { DeliveryStatus } from './delivery';
import type { LogEvent } from './events';
import { applyToMustSees } from './must-see';
import type { MustSeeImage } from './must-see-image';
import { isOpenOrder, type OrderLine } from './order';
import type { RestaurantImage } from './restaurant';
import { applyToCards, type OrderCard } from './views';

/** What the tablets of one restaurant show. */
export type KitchenView = {
  restaurant: RestaurantImage;
  cards: OrderCard[];
  /** What is to be cooked, by order: it never changes. Of orders placed since then it is read apart. */
  lines: Readonly<Record<string, OrderLine[]>>;
  /** What waits to be acknowledged. */
  mustSees: MustSeeImage[];
};

/** How long an order that has ended stays, for as long as it has to be acknowledged, minutes. */
export const KITCHEN_KEEPS_MINUTES = 60;

export function applyToKitchenView(view: KitchenView, event: LogEvent): KitchenView {
  const { restaurant } = event.data;
  return {
    ...view,
    restaurant: restaurant?.id === view.restaurant.id ? restaurant : view.restaurant,
    cards: applyToCards(view.cards, event),
    mustSees: applyToMustSees(view.mustSees, event),
  };
}

/** Drops what has ended long enough ago. */
export function tidyKitchen(view: KitchenView, now: Date): KitchenView {
  const oldest = now.getTime() - KITCHEN_KEEPS_MINUTES * 60_000;
  const cards = view.cards.filter(
    ({ order }) =>
      isOpenOrder(order.status) || !order.closedAt || new Date(order.closedAt).getTime() > oldest,
  );
  return cards.length === view.cards.length ? view : { ...view, cards };
}

export const KITCHEN_COLUMNS = ['new', 'preparing', 'ready'] as const;
export type KitchenColumn = (typeof KITCHEN_COLUMNS)[number];

const LEFT: ReadonlySet<DeliveryStatus> = new Set([
  'picked_up',
  'at_dropoff',
  'delivered',
  'failed',
  'returning',
  'returned',
]);

/** Where an order stands at the pass; null once it is no kitchen's work any more. */
export function kitchenColumnOf(
  { order, delivery }: OrderCard,
  mustSees: readonly MustSeeImage[],
): KitchenColumn | null {
  if (delivery && LEFT.has(delivery.status)) return null;
  switch (order.status) {
    case 'placed':
      return order.paymentMethod === 'card' && order.paymentStatus === 'pending' ? null : 'new';
    case 'accepted':
    case 'preparing':
      return 'preparing';
    case 'ready':
      return 'ready';
    case 'cancelled':
      return mustSees.some(({ orderId, event }) => orderId === order.id && event === 'cancelled')
        ? 'new'
        : null;
    default:
      return null;
  }
}

/** Minutes until the courier of an order is at the counter. */
export type CounterArrival = { orderId: string; minutes: number };
