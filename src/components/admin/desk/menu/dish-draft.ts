import { type Dish, DishSchema, Stock } from '@/domain/dish';
import type { Allergen, MenuItem } from '@/domain/menu';
import { minorUnits, typedAmount } from '@/domain/money';

export type OptionDraft = {
  key: string;
  id?: string;
  name: string;
  price: string;
  soldOut: boolean;
};
export type GroupDraft = {
  key: string;
  id?: string;
  name: string;
  min: string;
  max: string;
  options: OptionDraft[];
};
/** What stands in the fields of a dish: amounts as they are typed. */
export type DishDraft = {
  name: string;
  description: string;
  price: string;
  unit: string;
  /** Empty where it is not counted. */
  stock: string;
  allergens: Allergen[];
  groups: GroupDraft[];
};
export type DishField =
  | 'name'
  | 'description'
  | 'price'
  | 'unit'
  | 'stock'
  | 'allergens'
  | 'groups';

export const BLANK_DISH: DishDraft = {
  ...{ name: '', description: '', price: '', unit: '', stock: '', allergens: [], groups: [] },
};

export const dishDraftOf = (item: MenuItem, currency: string): DishDraft => ({
  name: item.name,
  description: item.description,
  price: typedAmount(item.price, currency),
  unit: item.unit,
  stock: item.stock === null ? '' : String(item.stock),
  allergens: item.allergens,
  groups: item.optionGroups.map(({ id, name, min, max, options }) => ({
    ...{ key: id, id, name, min: String(min), max: String(max) },
    options: options.map((option) => ({
      ...{ key: option.id, id: option.id, name: option.name },
      price: option.price === 0 ? '' : typedAmount(option.price, currency),
      soldOut: option.soldOut,
    })),
  })),
});

const whole = (typed: string): number =>
  /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : Number.NaN;

const FIELD_OF: Readonly<Record<string, DishField>> = {
  ...{ name: 'name', description: 'description', price: 'price', unit: 'unit' },
  ...{ allergens: 'allergens', optionGroups: 'groups' },
};

export type SentDish = { dish: Dish; stock: number | null };

/** What was typed as it is sent, or the fields that make no sense. */
export function dishFrom(
  draft: DishDraft,
  currency: string,
): SentDish | { wrong: ReadonlySet<DishField> } {
  const amount = (typed: string) => minorUnits(typed, currency) ?? Number.NaN;
  const read = DishSchema.safeParse({
    ...{ name: draft.name, description: draft.description, unit: draft.unit },
    allergens: draft.allergens,
    price: amount(draft.price),
    optionGroups: draft.groups.map(({ id, name, min, max, options }) => ({
      ...{ ...(id ? { id } : {}), name, min: whole(min), max: whole(max) },
      options: options.map((option) => ({
        ...(option.id ? { id: option.id } : {}),
        name: option.name,
        price: option.price.trim() === '' ? 0 : amount(option.price),
        soldOut: option.soldOut,
      })),
    })),
  });
  const stock = Stock.safeParse(draft.stock.trim() === '' ? null : whole(draft.stock));
  const wrong = new Set<DishField>(stock.success ? [] : ['stock']);
  for (const { path } of read.error?.issues ?? []) {
    wrong.add(FIELD_OF[String(path[0])] ?? 'groups');
  }
  return read.success && stock.success ? { dish: read.data, stock: stock.data } : { wrong };
}
