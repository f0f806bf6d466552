import { z } from 'zod';
import { GeoPointSchema } from './geo-point';
import type { Machine } from './machine';

export const OFFER_STATES = ['pending', 'accepted', 'declined', 'expired', 'withdrawn'] as const;
export type OfferStatus = (typeof OFFER_STATES)[number];
export type OfferCommand = 'accept' | 'decline' | 'expire' | 'withdraw';

export const offerMachine: Machine<OfferStatus, OfferCommand> = {
  name: 'offer',
  initial: 'pending',
  steps: {
    pending: {
      accept: 'accepted',
      decline: 'declined',
      expire: 'expired',
      withdraw: 'withdrawn',
    },
    accepted: {},
    declined: {},
    expired: {},
    withdrawn: {},
  },
};

/** An offer as it stands in snapshots and in the event log; enough for the driver to decide. */
export const OfferImageSchema = z.object({
  id: z.string(),
  deliveryId: z.string(),
  orderId: z.string(),
  orderNumber: z.number().int(),
  driverId: z.string(),
  driverName: z.string(),
  status: z.enum(OFFER_STATES),
  pay: z.number().int(),
  currency: z.string(),
  /** Straight-line metres from the driver to the pickup, and from there to the dropoff. */
  pickupDistanceM: z.number(),
  tripDistanceM: z.number(),
  restaurantName: z.string(),
  pickup: GeoPointSchema,
  pickupAddress: z.string(),
  dropoff: GeoPointSchema,
  dropoffAddress: z.string(),
  attempt: z.number().int(),
  createdAt: z.string(),
  expiresAt: z.string(),
  decidedAt: z.string().nullable(),
  reason: z.string().nullable(),
});
export type OfferImage = z.infer<typeof OfferImageSchema>;
