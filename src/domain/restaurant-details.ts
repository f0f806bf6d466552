import { z } from 'zod';
import { MOST_PRICE } from './dish';
import { GeoPointSchema } from './geo-point';
import { PLACE_KINDS } from './restaurant';
import { Text } from './text';

const Amount = z.number().int().min(0).max(MOST_PRICE);

/** What an admin says of a restaurant; amounts in minor units of its currency. */
export const RestaurantDetailsSchema = z.object({
  name: Text.trim().min(1).max(80),
  kind: z.enum(PLACE_KINDS),
  cuisine: Text.trim().min(1).max(40),
  description: Text.trim().max(500),
  address: Text.trim().min(3).max(200),
  location: GeoPointSchema,
  /** E.164, for the driver who is on the way there. */
  phone: z
    .string()
    .regex(/^\+\d{6,15}$/)
    .nullable(),
  minimumOrder: Amount,
  deliveryFeeBase: Amount,
  deliveryFeePerKm: Amount,
  prepMinutes: z.number().int().min(0).max(240),
  autoAccept: z.boolean(),
  pickupOffered: z.boolean(),
  slotMinutes: z.number().int().min(5).max(240),
  /** Orders per window; 0 is no limit. */
  slotCapacity: z.number().int().min(0).max(1_000),
  taxBp: z.number().int().min(0).max(10_000),
});
export type RestaurantDetails = z.infer<typeof RestaurantDetailsSchema>;

/** How far it delivers, metres; no corner of a drawn area lies farther away either. */
export const SMALLEST_RADIUS_M = 100;
export const LARGEST_RADIUS_M = 50_000;
export const MOST_CORNERS = 100;
