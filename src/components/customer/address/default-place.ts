import { z } from 'zod';
import { GeoPointSchema } from '@/domain/geo-point';

export const PlaceSchema = z.object({ at: GeoPointSchema, address: z.string().min(1).max(200) });

/** Where the food goes: the door on the map and what it is called. */
export type Place = z.infer<typeof PlaceSchema>;

/** A door in the old town of the demo city, so that a newcomer sees restaurants at once. */
export const DEFAULT_PLACE: Place = {
  at: { lat: 37.891095, lng: -29.605547 },
  address: '75 Cathedral Street, Old Town',
};
