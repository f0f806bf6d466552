import { z } from 'zod';
import { ALLERGENS } from './menu';
import { Text } from './text';

/** What an editor may write, minor units and characters. */
export const MOST_PRICE = 1_000_000;
const MOST_STOCK = 100_000;
const MOST_GROUPS = 20;
const MOST_OPTIONS = 50;

const Amount = z.number().int().min(0).max(MOST_PRICE);
export const MenuName = Text.trim().min(1).max(80);
export const Stock = z.number().int().min(0).max(MOST_STOCK).nullable();

/** Names that people can tell apart. */
const sameName = (name: string): string => name.normalize('NFC').trim().toLowerCase();
export const areDistinct = (named: readonly { name: string }[]): boolean =>
  new Set(named.map(({ name }) => sameName(name))).size === named.length;

const OptionSchema = z.object({
  /** That of an option which is there already; carts that hold it keep it. */
  id: z.uuid().optional(),
  name: MenuName,
  price: Amount,
  soldOut: z.boolean(),
});

const OptionGroupSchema = z
  .object({
    id: z.uuid().optional(),
    name: MenuName,
    min: z.number().int().min(0),
    max: z.number().int().min(1),
    options: z.array(OptionSchema).min(1).max(MOST_OPTIONS),
  })
  .refine(({ min, max }) => min <= max, { path: ['max'] })
  .refine(({ min, options }) => min <= options.length, { path: ['min'] })
  .refine(({ options }) => areDistinct(options), { path: ['options'] });

/** What a dish or a product is, but for how many are left of it. */
export const DishSchema = z.object({
  name: MenuName,
  description: Text.trim().max(500),
  price: Amount,
  unit: Text.trim().max(20),
  allergens: z.array(z.enum(ALLERGENS)).max(ALLERGENS.length),
  optionGroups: z
    .array(OptionGroupSchema)
    .max(MOST_GROUPS)
    .refine((groups) => areDistinct(groups)),
});
export type Dish = z.infer<typeof DishSchema>;
export type DishOptionGroup = Dish['optionGroups'][number];
