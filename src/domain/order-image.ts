import { z } from 'zod';
import { GeoPointSchema } from './geo-point';
import { FULFILMENTS, HANDOVERS, ORDER_STATES } from './order';
import { PAYMENT_METHODS, PAYMENT_STATES } from './payment';
import { RefundImageSchema } from './refund';

const Time = z.string();
const OptionalTime = Time.nullable();

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
  /** What was given back of what was paid, part by part. */
  refunds: z.array(RefundImageSchema),
  /** By how much a dispatcher has put it off, minutes. */
  putOffMinutes: z.number().int(),
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
