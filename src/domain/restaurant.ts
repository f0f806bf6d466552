import { z } from 'zod';
import { GeoPointSchema } from './geo';
import { WeeklyHoursSchema } from './opening-hours';

/** A restaurant as it stands in snapshots and in the event log. */
export const RestaurantImageSchema = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  cuisine: z.string(),
  description: z.string(),
  address: z.string(),
  location: GeoPointSchema,
  timeZone: z.string(),
  currency: z.string(),
  hours: WeeklyHoursSchema,
  /** Closed by hand until this moment, whatever the hours say. */
  pausedUntil: z.string().nullable(),
  deliveryRadiusM: z.number(),
  minimumOrder: z.number().int(),
  deliveryFeeBase: z.number().int(),
  deliveryFeePerKm: z.number().int(),
  prepMinutes: z.number().int(),
  autoAccept: z.boolean(),
  /** Mean of 1..5 and how many gave one; null before the first. */
  rating: z.number().nullable(),
  ratingCount: z.number().int(),
});
export type RestaurantImage = z.infer<typeof RestaurantImageSchema>;

/** A restaurant in a list near a point, with what that point changes. */
export type NearbyRestaurant = {
  restaurant: RestaurantImage;
  distanceM: number;
  /** Minor units, for this distance. */
  deliveryFee: number;
  etaMinutes: { from: number; to: number };
  open: boolean;
  /** When it opens next, if it is closed now. */
  opensAt: string | null;
};
