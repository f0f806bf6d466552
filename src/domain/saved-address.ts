import { z } from 'zod';
import { GeoPointSchema } from './geo';
import { Text } from './text';

/** Labels that have a word in every language; a person has one address of each. */
export const ADDRESS_LABELS = ['home', 'work'] as const;

export const MOST_ADDRESSES = 20;

/** What a person keeps of an address. */
export const AddressSchema = z.object({
  /** `home`, `work`, or a word of their own. */
  label: Text.trim().min(1).max(40),
  address: Text.trim().min(3).max(200),
  /** For the driver. */
  note: Text.trim().max(300).default(''),
  at: GeoPointSchema,
});

export const SavedAddressSchema = AddressSchema.extend({ id: z.string() });
export type SavedAddress = z.infer<typeof SavedAddressSchema>;
