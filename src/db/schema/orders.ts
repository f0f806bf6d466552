import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgTable,
  real,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { DELIVERY_STATES, PROOFS } from '@/domain/delivery';
import { ATTEMPT_OUTCOMES, type AttemptDriver } from '@/domain/dispatch/attempt';
import { POLICY_KINDS } from '@/domain/dispatch/policy-kinds';
import { OFFER_STATES, type OfferWhy } from '@/domain/offer';
import { FULFILMENTS, HANDOVERS, ORDER_STATES, type OrderLine } from '@/domain/order';
import { PAYMENT_METHODS, PAYMENT_STATES } from '@/domain/payment';
import type { RefundImage } from '@/domain/refund';
import { STALL_KINDS, STALL_TOLD } from '@/domain/stall-kinds';
import { geographyPoint } from './geography';

const id = () => uuid().primaryKey().default(sql`uuid_v7()`);
const time = (name: string) => timestamp(name, { withTimezone: true });

/** Money in minor units of `currency`, distances in metres. */
export const orders = pgTable('orders', {
  id: id(),
  number: bigint({ mode: 'number' }).notNull().default(sql`nextval('order_numbers')`),
  status: text({ enum: ORDER_STATES }).notNull().default('placed'),
  customerId: uuid('customer_id').notNull(),
  customerName: text('customer_name').notNull(),
  restaurantId: uuid('restaurant_id').notNull(),
  restaurantName: text('restaurant_name').notNull(),
  restaurantSlug: text('restaurant_slug').notNull(),
  pickup: geographyPoint().notNull(),
  pickupAddress: text('pickup_address').notNull(),
  dropoff: geographyPoint().notNull(),
  dropoffAddress: text('dropoff_address').notNull(),
  dropoffNote: text('dropoff_note').notNull().default(''),
  itemCount: integer('item_count').notNull(),
  currency: text().notNull(),
  subtotal: integer().notNull(),
  deliveryFee: integer('delivery_fee').notNull(),
  tip: integer().notNull().default(0),
  total: integer().notNull(),
  prepMinutes: integer('prep_minutes').notNull(),
  autoAccept: boolean('auto_accept').notNull().default(false),
  tripDistanceM: real('trip_distance_m').notNull(),
  timeZone: text('time_zone').notNull(),
  placedAt: time('placed_at').notNull().defaultNow(),
  acceptedAt: time('accepted_at'),
  preparingAt: time('preparing_at'),
  readyAt: time('ready_at'),
  closedAt: time('closed_at'),
  readyEstimateAt: time('ready_estimate_at'),
  promisedFrom: time('promised_from').notNull(),
  promisedTo: time('promised_to').notNull(),
  reason: text(),
  closedBy: text('closed_by'),
  fulfilment: text({ enum: FULFILMENTS }).notNull().default('delivery'),
  handover: text({ enum: HANDOVERS }).notNull().default('in_person'),
  slotFrom: time('slot_from'),
  slotTo: time('slot_to'),
  /** The kitchen window whose room the order takes; null where the kitchen has no limit. */
  kitchenWindow: time('kitchen_window'),
  /** Before this moment the kitchen does not start; null: as soon as it has accepted. */
  cookFrom: time('cook_from'),
  promoCode: text('promo_code'),
  discount: integer().notNull().default(0),
  tax: integer().notNull().default(0),
  taxIncluded: boolean('tax_included').notNull().default(true),
  paymentMethod: text('payment_method', { enum: PAYMENT_METHODS }).notNull().default('cash'),
  paymentStatus: text('payment_status', { enum: PAYMENT_STATES }).notNull().default('pending'),
  cancelFee: integer('cancel_fee').notNull().default(0),
  tipAfter: integer('tip_after').notNull().default(0),
  /** Kept from `payment_refunds` by a trigger. */
  refunds: jsonb().$type<RefundImage[]>().notNull().default([]),
  /** By how much a dispatcher has put it off since it was accepted. */
  putOffMinutes: integer('put_off_minutes').notNull().default(0),
  pin: text(),
  etaFrom: time('eta_from'),
  etaTo: time('eta_to'),
  etaStage: text('eta_stage'),
  delayedAt: time('delayed_at'),
  foodRating: integer('food_rating'),
  deliveryRating: integer('delivery_rating'),
  ratingComment: text('rating_comment').notNull().default(''),
  ratedAt: time('rated_at'),
  /** Hidden from lists since then. */
  archivedAt: time('archived_at'),
  /** Whose it was is not known any more. */
  erasedAt: time('erased_at'),
});

export const orderLines = pgTable('order_lines', {
  id: id(),
  orderId: uuid('order_id').notNull(),
  itemId: uuid('item_id').notNull(),
  name: text().notNull(),
  quantity: integer().notNull(),
  unitPrice: integer('unit_price').notNull(),
  lineTotal: integer('line_total').notNull(),
  options: jsonb().$type<OrderLine['options']>().notNull().default([]),
  note: text().notNull().default(''),
  position: integer().notNull(),
});

/** How many orders each window of a kitchen holds, where the kitchen has a limit. */
export const kitchenWindows = pgTable('kitchen_windows', {
  restaurantId: uuid('restaurant_id').notNull(),
  startsAt: time('starts_at').notNull(),
  taken: integer().notNull().default(0),
});

export const deliveries = pgTable('deliveries', {
  id: id(),
  orderId: uuid('order_id').notNull(),
  zoneId: uuid('zone_id').notNull(),
  status: text({ enum: DELIVERY_STATES }).notNull().default('unassigned'),
  driverId: uuid('driver_id'),
  driverName: text('driver_name'),
  driverVehicle: text('driver_vehicle'),
  pickup: geographyPoint().notNull(),
  pay: integer().notNull(),
  attempt: integer().notNull().default(0),
  emptyRounds: integer('empty_rounds').notNull().default(0),
  radiusM: real('radius_m').notNull().default(0),
  searchStartedAt: time('search_started_at').notNull().defaultNow(),
  nextAttemptAt: time('next_attempt_at').defaultNow(),
  avoidDriverId: uuid('avoid_driver_id'),
  assignedAt: time('assigned_at'),
  atPickupAt: time('at_pickup_at'),
  pickedUpAt: time('picked_up_at'),
  atDropoffAt: time('at_dropoff_at'),
  deliveredAt: time('delivered_at'),
  reason: text(),
  imminentAt: time('imminent_at'),
  proof: text({ enum: PROOFS }),
  pinFailures: integer('pin_failures').notNull().default(0),
  nearAt: time('near_at'),
  handBackReason: text('hand_back_reason'),
  proofId: uuid('proof_id'),
  signedBy: text('signed_by'),
  /** The run that it was taken on with, and its place in the order of handing over. */
  runId: uuid('run_id'),
  runStop: integer('run_stop'),
  /** Whom the dispatcher means to ask, and when they have to leave: it asks as late as that. */
  plannedDriverId: uuid('planned_driver_id'),
  plannedDriverName: text('planned_driver_name'),
  plannedLeaveAt: time('planned_leave_at'),
  stallKind: text('stall_kind', { enum: STALL_KINDS }),
  stallSince: time('stall_since'),
  stallTold: text('stall_told', { enum: STALL_TOLD }),
});

export const offers = pgTable('offers', {
  id: id(),
  deliveryId: uuid('delivery_id').notNull(),
  orderId: uuid('order_id').notNull(),
  driverId: uuid('driver_id').notNull(),
  driverName: text('driver_name').notNull(),
  status: text({ enum: OFFER_STATES }).notNull().default('pending'),
  attempt: integer().notNull(),
  /** `deliveries.empty_rounds` when it was made: who let it run out is asked again next round. */
  round: integer().notNull(),
  pickupDistanceM: real('pickup_distance_m').notNull(),
  createdAt: time('created_at').notNull().defaultNow(),
  expiresAt: time('expires_at').notNull(),
  decidedAt: time('decided_at'),
  releasedAt: time('released_at'),
  reason: text(),
  /** The same for all offers of one question to one driver. */
  runId: uuid('run_id').notNull().default(sql`uuid_v7()`),
  /** The order of handing over, and how many orders the driver was asked about. */
  runStop: integer('run_stop').notNull().default(1),
  runSize: integer('run_size').notNull().default(1),
  /** Which of the questions that a driver may be asked at once this is, from 1. */
  askSlot: integer('ask_slot').notNull().default(1),
  why: jsonb().$type<OfferWhy>(),
});

export const dispatchAttempts = pgTable('dispatch_attempts', {
  id: id(),
  deliveryId: uuid('delivery_id').notNull(),
  number: integer().notNull(),
  at: time('at').notNull().defaultNow(),
  radiusM: real('radius_m').notNull(),
  outcome: text({ enum: ATTEMPT_OUTCOMES }).notNull(),
  considered: jsonb().$type<StoredDriver[]>().notNull(),
  nextAttemptAt: time('next_attempt_at'),
  policy: text({ enum: POLICY_KINDS }).notNull().default('nearest'),
});

/** What was not looked at when an attempt was kept is not there. */
type StoredDriver = Pick<
  AttemptDriver,
  'driverId' | 'name' | 'distanceM' | 'positionAgeSeconds' | 'verdict'
> &
  Partial<AttemptDriver>;
