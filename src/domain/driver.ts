import { z } from 'zod';
import { GeoPointSchema } from './geo';

export const VEHICLES = ['bike', 'scooter', 'car'] as const;
export type Vehicle = (typeof VEHICLES)[number];

/** Cruising speed in town, metres per second: bike 15, scooter 25, car 22 km/h. */
export const VEHICLE_SPEED_MPS: Readonly<Record<Vehicle, number>> = {
  bike: 4.2,
  scooter: 6.9,
  car: 6.1,
};

/** A driver as it stands in snapshots and in the event log. Positions are not part of it. */
export const DriverImageSchema = z.object({
  id: z.string(),
  name: z.string(),
  vehicle: z.enum(VEHICLES),
  capacity: z.number().int(),
  online: z.boolean(),
  onlineSince: z.string().nullable(),
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
