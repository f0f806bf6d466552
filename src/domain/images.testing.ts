import type { DeliveryImage } from './delivery';
import type { DriverImage } from './driver';
import type { LogEvent } from './events';
import type { MessageImage } from './message';
import type { OfferImage } from './offer';
import type { OrderImage } from './order';
import type { Viewer } from './roles';

/** People and images for tests; each image can be changed where the test cares. */

export const CUSTOMER: Viewer = { userId: 'cora', role: 'customer', name: 'Cora Customer' };
export const STRANGER: Viewer = { userId: 'sam', role: 'customer', name: 'Sam Stranger' };
export const DRIVER: Viewer = { userId: 'dee', role: 'driver', name: 'Dee Driver' };
export const OTHER_DRIVER: Viewer = { userId: 'otto', role: 'driver', name: 'Otto Other' };
export const ADMIN: Viewer = { userId: 'abe', role: 'admin', name: 'Abe Admin' };

const START_MS = Date.parse('2026-11-20T12:00:00Z');
/** Minute `n` of every made-up history. */
export const minute = (n: number): string => new Date(START_MS + n * 60_000).toISOString();

export const orderImage = (id: string, change: Partial<OrderImage> = {}): OrderImage => ({
  id,
  number: 1_001,
  status: 'placed',
  customerId: CUSTOMER.userId,
  customerName: CUSTOMER.name,
  restaurantId: 'kitchen',
  restaurantName: 'Test Kitchen',
  restaurantSlug: 'kitchen',
  pickup: { lat: 38.7, lng: -9.1 },
  pickupAddress: '1 Main Street',
  dropoff: { lat: 38.71, lng: -9.1 },
  dropoffAddress: '2 Side Street',
  dropoffNote: 'third floor',
  itemCount: 1,
  currency: 'EUR',
  subtotal: 1_000,
  deliveryFee: 211,
  tip: 100,
  total: 1_311,
  prepMinutes: 10,
  tripDistanceM: 1_112,
  timeZone: 'Europe/Lisbon',
  placedAt: minute(0),
  acceptedAt: null,
  preparingAt: null,
  readyAt: null,
  closedAt: null,
  readyEstimateAt: null,
  promisedFrom: minute(15),
  promisedTo: minute(25),
  reason: null,
  closedBy: null,
  fulfilment: 'delivery',
  handover: 'in_person',
  pin: '4711',
  slotFrom: null,
  slotTo: null,
  promoCode: null,
  discount: 0,
  tax: 0,
  taxIncluded: true,
  paymentMethod: 'cash',
  paymentStatus: 'pending',
  cancelFee: 0,
  tipAfter: 0,
  refunds: [],
  putOffMinutes: 0,
  etaFrom: null,
  etaTo: null,
  etaStage: null,
  delayedAt: null,
  foodRating: null,
  deliveryRating: null,
  ratingComment: '',
  ratedAt: null,
  ...change,
});

export const deliveryImage = (
  orderId: string,
  change: Partial<DeliveryImage> = {},
): DeliveryImage => ({
  id: `delivery of ${orderId}`,
  orderId,
  status: 'unassigned',
  driverId: null,
  driverName: null,
  driverVehicle: null,
  pay: 450,
  attempt: 0,
  radiusM: 2_000,
  nextAttemptAt: minute(0),
  assignedAt: null,
  atPickupAt: null,
  pickedUpAt: null,
  atDropoffAt: null,
  deliveredAt: null,
  reason: null,
  imminentAt: null,
  proof: null,
  ...{ proofId: null, signedBy: null, nearAt: null, handBackReason: null },
  runId: null,
  runStop: null,
  planned: null,
  stall: null,
  ...change,
});

export const driverImage = (driver: Viewer, change: Partial<DriverImage> = {}): DriverImage => ({
  id: driver.userId,
  name: driver.name,
  vehicle: 'bike',
  capacity: 9,
  online: true,
  onlineSince: minute(0),
  breakSince: null,
  shiftEndsAt: null,
  shiftOver: false,
  rating: null,
  ratingCount: 0,
  ...change,
});

export const offerImage = (
  orderId: string,
  driver: Viewer,
  change: Partial<OfferImage> = {},
): OfferImage => {
  const { number, currency, restaurantName, pickup, pickupAddress, dropoff, dropoffAddress } =
    orderImage(orderId);
  return {
    id: `offer of ${orderId} to ${driver.userId}`,
    deliveryId: `delivery of ${orderId}`,
    orderId,
    orderNumber: number,
    driverId: driver.userId,
    driverName: driver.name,
    status: 'pending',
    runId: `run of ${orderId} to ${driver.userId}`,
    runStop: 1,
    runSize: 1,
    why: null,
    pay: 450,
    currency,
    pickupDistanceM: 300,
    tripDistanceM: 1_112,
    restaurantName,
    pickup,
    pickupAddress,
    dropoff,
    dropoffAddress,
    attempt: 1,
    createdAt: minute(1),
    expiresAt: minute(2),
    decidedAt: null,
    reason: null,
    ...change,
  };
};

export const messageImage = (
  orderId: string,
  change: Partial<MessageImage> = {},
): MessageImage => ({
  id: `message about ${orderId}`,
  orderId,
  senderId: CUSTOMER.userId,
  senderRole: 'customer',
  quick: 'bell_broken',
  body: '',
  sentAt: minute(1),
  ...change,
});

/** An event of an order's stream, as it was written by the driver who is named in it. */
export const orderEvent = (orderId: string, change: Partial<LogEvent>): LogEvent => ({
  id: `1.${change.version ?? 1}`,
  stream: 'order',
  streamId: orderId,
  version: 1,
  type: 'order.updated',
  data: {},
  actor: 'system:dispatch',
  at: minute(1),
  customerId: CUSTOMER.userId,
  driverId: null,
  restaurantId: 'kitchen',
  ...change,
});
