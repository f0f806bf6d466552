import type { DeliveryImage } from './delivery';
import { isOpenOrder, type OrderImage } from './order';
import { divideHalfUp } from './pricing';
import type { Role } from './roles';

/** Why an order can't be cancelled by whoever asks. */
export type NotCancellable = 'closed' | 'kitchen_started' | 'picked_up';

export type CancelTerms =
  /** What it costs, minor units. */
  { allowed: true; fee: number } | { allowed: false; why: NotCancellable };

type Cancelled = Pick<
  OrderImage,
  | 'status'
  | 'subtotal'
  | 'discount'
  | 'deliveryFee'
  | 'tax'
  | 'taxIncluded'
  | 'total'
  | 'paymentMethod'
>;

/** What the customer owes for the dishes alone: after the discount, with their tax. */
export function priceOfDishes(order: Omit<Cancelled, 'status' | 'paymentMethod'>): number {
  const dishes = Math.max(0, order.subtotal - order.discount);
  const taxed = order.subtotal - order.discount + order.deliveryFee;
  const onTop = order.taxIncluded || taxed === 0 ? 0 : divideHalfUp(order.tax * dishes, taxed);
  return Math.min(order.total, dishes + onTop);
}

const HAS_LEFT = new Set([
  'picked_up',
  'at_dropoff',
  'delivered',
  'failed',
  'returning',
  'returned',
]);

/**
 * Whether `role` may cancel this order now, and what it costs the customer. Free until the kitchen
 * starts; afterwards, until a driver has it, a card pays for the dishes, and cash can't. An admin's
 * cancellation is free and always possible while the order is open.
 */
export function cancelTerms(
  order: Cancelled,
  delivery: Pick<DeliveryImage, 'status'> | null,
  role: Exclude<Role, 'driver' | 'kitchen'> = 'customer',
): CancelTerms {
  if (!isOpenOrder(order.status)) return { allowed: false, why: 'closed' };
  if (role === 'admin') return { allowed: true, fee: 0 };
  if (delivery && HAS_LEFT.has(delivery.status)) return { allowed: false, why: 'picked_up' };
  if (order.status === 'placed' || order.status === 'accepted') return { allowed: true, fee: 0 };
  if (order.paymentMethod === 'cash') return { allowed: false, why: 'kitchen_started' };
  return { allowed: true, fee: priceOfDishes(order) };
}
