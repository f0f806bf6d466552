import { z } from 'zod';
import { GeoPointSchema } from './geo';
import type { Machine } from './machine';
import { PAYMENT_METHODS, PAYMENT_STATES } from './payment';

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

export const isOpenOrder = (status: OrderStatus): boolean =>
  status === 'placed' || status === 'accepted' || status === 'preparing' || status === 'ready';

/** A customer may cancel until the kitchen starts; afterwards an admin decides. */
export const customerMayCancel = (status: OrderStatus): boolean =>
  status === 'placed' || status === 'accepted';

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

const Time = z.string();
const OptionalTime = Time.nullable();

export const FULFILMENTS = ['delivery', 'pickup'] as const;
/** Into the customer's hands, with their PIN; or left at the door, without. */
export const HANDOVERS = ['in_person', 'at_door'] as const;

const Stars = z.number().int().min(1).max(5);

/** An order as it stands in snapshots and in the event log. Money in minor units of `currency`. */
export const OrderImageSchema = z.object({
  id: z.string(),
  number: z.number().int(),
  status: z.enum(ORDER_STATES),
  customerId: z.string(),
  customerName: z.string(),
  restaurantId: z.string(),
  restaurantName: z.string(),
  restaurantSlug: z.string(),
  pickup: GeoPointSchema,
  pickupAddress: z.string(),
  dropoff: GeoPointSchema,
  dropoffAddress: z.string(),
  dropoffNote: z.string(),
  itemCount: z.number().int(),
  currency: z.string(),
  subtotal: z.number().int(),
  deliveryFee: z.number().int(),
  tip: z.number().int(),
  total: z.number().int(),
  prepMinutes: z.number().int(),
  tripDistanceM: z.number(),
  timeZone: z.string(),
  placedAt: Time,
  acceptedAt: OptionalTime,
  preparingAt: OptionalTime,
  readyAt: OptionalTime,
  closedAt: OptionalTime,
  /** When the kitchen says that the food will be ready. */
  readyEstimateAt: OptionalTime,
  /** The window told to the customer when the order was placed. */
  promisedFrom: Time,
  promisedTo: Time,
  reason: z.string().nullable(),
  closedBy: z.string().nullable(),
  fulfilment: z.enum(FULFILMENTS),
  handover: z.enum(HANDOVERS),
  /** Four digits that the customer says at the handover; null for all who must not know. */
  pin: z.string().nullable(),
  /** The slot that was chosen; null: as soon as possible. */
  slotFrom: OptionalTime,
  slotTo: OptionalTime,
  promoCode: z.string().nullable(),
  discount: z.number().int(),
  /** In the prices if `taxIncluded`, else a line of its own in the total. */
  tax: z.number().int(),
  taxIncluded: z.boolean(),
  paymentMethod: z.enum(PAYMENT_METHODS),
  paymentStatus: z.enum(PAYMENT_STATES),
  /** What a cancellation has cost, kept from the payment. */
  cancelFee: z.number().int(),
  /** Given after the delivery, on top of the total. */
  tipAfter: z.number().int(),
  /** The window believed now; null before the first estimate. */
  etaFrom: OptionalTime,
  etaTo: OptionalTime,
  etaStage: z.string().nullable(),
  /** Since when the window believed lies behind the promise. */
  delayedAt: OptionalTime,
  foodRating: Stars.nullable(),
  deliveryRating: Stars.nullable(),
  ratingComment: z.string(),
  ratedAt: OptionalTime,
});
export type OrderImage = z.infer<typeof OrderImageSchema>;

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
