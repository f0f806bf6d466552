import { z } from 'zod';
import { GeoPointSchema } from './geo-point';
import { PLACE_KINDS } from './restaurant';
import { HolidaysSchema, WeeklyHoursSchema } from './weekly-hours';

/** A restaurant as it stands in snapshots and in the event log. */
export const RestaurantImageSchema = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  kind: z.enum(PLACE_KINDS),
  cuisine: z.string(),
  description: z.string(),
  address: z.string(),
  location: GeoPointSchema,
  timeZone: z.string(),
  currency: z.string(),
  hours: WeeklyHoursSchema,
  holidays: HolidaysSchema,
  /** Closed by hand until this moment, whatever the hours say. */
  pausedUntil: z.string().nullable(),
  /** Metres; does not count where the restaurant has drawn an area. */
  deliveryRadiusM: z.number(),
  minimumOrder: z.number().int(),
  deliveryFeeBase: z.number().int(),
  deliveryFeePerKm: z.number().int(),
  prepMinutes: z.number().int(),
  autoAccept: z.boolean(),
  /** Mean of 1..5 and how many gave one; null before the first. */
  rating: z.number().nullable(),
  ratingCount: z.number().int(),
  pickupOffered: z.boolean(),
  /** Length of the windows that orders are scheduled in, and orders per window (0: no limit). */
  slotMinutes: z.number().int(),
  slotCapacity: z.number().int(),
  /** Basis points: 2200 is 22 %. */
  taxBp: z.number().int(),
  /** Null: the picture is drawn from the name. */
  photoId: z.string().nullable(),
  /** Goes up with every edit. */
  version: z.number().int(),
});
export type RestaurantImage = z.infer<typeof RestaurantImageSchema>;
