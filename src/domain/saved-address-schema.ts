import { z } from 'zod';
import { GeoPointSchema } from './geo-point';
import { Text } from './text';

/** A `SavedAddress` as it comes in. */
export const AddressSchema = z.object({
  label: Text.trim().min(1).max(40),
  address: Text.trim().min(3).max(200),
  note: Text.trim().max(300).default(''),
  at: GeoPointSchema,
});
