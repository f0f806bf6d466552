import { z } from 'zod';

/** The part of an item that the event log carries when it changes. */
export const MenuItemImageSchema = z.object({
  id: z.string(),
  restaurantId: z.string(),
  name: z.string(),
  price: z.number().int(),
  soldOut: z.boolean(),
  stock: z.number().int().nullable(),
  version: z.number().int(),
});
export type MenuItemImage = z.infer<typeof MenuItemImageSchema>;
