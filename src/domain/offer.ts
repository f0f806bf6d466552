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

/** Why a driver is asked, for the driver. */
export const OFFER_WHYS = [
  /** Nobody who may be asked is nearer. */
  'nearest',
  /** Several are asked at once: the first yes wins. */
  'first_wins',
  /** Of all ways to carry what is open, the best one has this driver here. */
  'best_plan',
] as const;

export const OfferWhySchema = z.object({
  code: z.enum(OFFER_WHYS),
  /** Drivers looked at, and those of them who are nearer but could not or were not to be asked. */
  considered: z.number().int(),
  nearer: z.number().int(),
  /** Drivers asked at once, this one included. */
  asked: z.number().int(),
  /** From where the driver is, or will be free, to the pickup; null: not computed. */
  travelSeconds: z.number().nullable(),
});
export type OfferWhy = z.infer<typeof OfferWhySchema>;

/** An offer as it stands in snapshots and in the event log; enough for the driver to decide. */
export const OfferImageSchema = z.object({
  id: z.string(),
  deliveryId: z.string(),
  orderId: z.string(),
  orderNumber: z.number().int(),
  driverId: z.string(),
  driverName: z.string(),
  status: z.enum(OFFER_STATES),
  /** One question may be about several orders: their offers share a run, and are answered as one. */
  runId: z.string(),
  /** The order of handing over, from 1, and how many orders the driver was asked about. */
  runStop: z.number().int(),
  runSize: z.number().int(),
  why: OfferWhySchema.nullable(),
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
