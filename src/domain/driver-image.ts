import { z } from 'zod';
import { VEHICLES } from './driver';
import { GeoPointSchema } from './geo-point';

/** A driver as it stands in snapshots and in the event log. Positions are not part of it. */
export const DriverImageSchema = z.object({
  id: z.string(),
  name: z.string(),
  vehicle: z.enum(VEHICLES),
  capacity: z.number().int(),
  online: z.boolean(),
  onlineSince: z.string().nullable(),
  /** On a break: online, but offered nothing. */
  breakSince: z.string().nullable(),
  /** When the shift ends by itself; null: with the switch. */
  shiftEndsAt: z.string().nullable(),
  /** The shift has ended; offline as soon as nothing is carried. */
  shiftOver: z.boolean(),
  /** Mean of the stars for deliveries, and of how many. */
  rating: z.number().nullable(),
  ratingCount: z.number().int(),
});
export type DriverImage = z.infer<typeof DriverImageSchema>;

/** The latest known position of a driver; ephemeral, never in the log. */
export const DriverPositionSchema = z.object({
  driverId: z.string(),
  at: GeoPointSchema,
  headingDeg: z.number().nullable(),
  speedMps: z.number().nullable(),
  recordedAt: z.string(),
});
export type DriverPosition = z.infer<typeof DriverPositionSchema>;
