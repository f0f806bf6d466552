import type { Machine } from './machine';
import type { OrderImage } from './order-image';

export const ORDER_STATES = [
  'placed',
  'accepted',
  'preparing',
  'ready',
  'completed',
  'rejected',
  'cancelled',
  'expired',
] as const;
export type OrderStatus = (typeof ORDER_STATES)[number];

export type OrderCommand =
  | 'accept'
  | 'reject'
  | 'expire'
  | 'start'
  | 'finish'
  | 'complete'
  | 'cancel'
  | 'restore';

export const orderMachine: Machine<OrderStatus, OrderCommand> = {
  name: 'order',
  initial: 'placed',
  steps: {
    placed: { accept: 'accepted', reject: 'rejected', expire: 'expired', cancel: 'cancelled' },
    accepted: { start: 'preparing', cancel: 'cancelled' },
    preparing: { finish: 'ready', cancel: 'cancelled' },
    ready: { complete: 'completed', cancel: 'cancelled' },
    completed: {},
    rejected: {},
    cancelled: { restore: 'accepted' },
    expired: {},
  },
};

export const OPEN_STATES: OrderStatus[] = ['placed', 'accepted', 'preparing', 'ready'];
export const isOpenOrder = (status: OrderStatus): boolean => OPEN_STATES.includes(status);

/** An order can be rated for so long after it has arrived, days. */
export const RATING_DAYS = 14;

export const mayRate = (
  order: { status: OrderStatus; closedAt: Date | string | null; ratedAt: Date | string | null },
  now: Date,
): boolean =>
  order.status === 'completed' &&
  order.ratedAt === null &&
  order.closedAt !== null &&
  now.getTime() - new Date(order.closedAt).getTime() <= RATING_DAYS * 86_400_000;

/** A driver can be tipped afterwards for as long as the order can be rated, once. */
export const mayTip = (
  order: Pick<OrderImage, 'status' | 'fulfilment' | 'tipAfter'> & {
    closedAt: Date | string | null;
  },
  now: Date,
): boolean =>
  order.fulfilment === 'delivery' &&
  order.tipAfter === 0 &&
  mayRate({ ...order, ratedAt: null }, now);

/** A tip is so much at the most, with the order or afterwards; minor units. */
export const MOST_TIP = 10_000;

export const CANCEL_REASONS = [
  'changed_mind',
  'too_slow',
  'wrong_address',
  'restaurant_problem',
  'no_driver',
  'delivery_failed',
  'duplicate',
  'other',
] as const;
export const REJECT_REASONS = ['too_busy', 'closing', 'item_unavailable', 'other'] as const;

export const FULFILMENTS = ['delivery', 'pickup'] as const;
/** Into the customer's hands, with their PIN; or left at the door, without. */
export const HANDOVERS = ['in_person', 'at_door'] as const;

/** One line as bought: prices and names are those of the moment of ordering. */
export type OrderLine = {
  id: string;
  itemId: string;
  name: string;
  quantity: number;
  /** With the options chosen, minor units. */
  unitPrice: number;
  lineTotal: number;
  options: { id: string; name: string; price: number }[];
  note: string;
};

export type { OrderImage } from './order-image';
