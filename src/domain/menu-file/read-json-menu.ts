import { z } from 'zod';
import {
  type FileDish,
  type LineProblem,
  type MenuFile,
  MOST_DISHES,
  type RefusedLine,
  unreadable,
} from './menu-file';

const JsonDish = z.strictObject({
  id: z.string().default(''),
  name: z.string(),
  description: z.string().optional(),
  price: z.number().int().optional(),
  unit: z.string().optional(),
  allergens: z.array(z.string()).optional(),
  stock: z.number().int().nullable().optional(),
  soldOut: z.boolean().optional(),
  options: z
    .array(
      z.strictObject({
        name: z.string(),
        min: z.number().int().default(0),
        max: z.number().int().default(1),
        options: z.array(
          z.strictObject({
            name: z.string(),
            price: z.number().int().default(0),
            soldOut: z.boolean().default(false),
          }),
        ),
      }),
    )
    .optional(),
});

/** A menu as JSON; prices in minor units of `currency`. */
const JsonMenu = z.strictObject({
  currency: z.string().optional(),
  sections: z.array(z.strictObject({ name: z.string(), dishes: z.array(z.unknown()) })),
});

const PROBLEM_OF: Readonly<Record<string, LineProblem>> = {
  name: 'bad_name',
  description: 'bad_description',
  price: 'bad_price',
  unit: 'bad_unit',
  allergens: 'bad_allergens',
  stock: 'bad_stock',
  soldOut: 'bad_sold_out',
  options: 'bad_options',
};

const nameIn = (dish: unknown): string =>
  typeof dish === 'object' && dish !== null && 'name' in dish ? String(dish.name) : '';

function parsed(text: string): { json: unknown } | null {
  try {
    return { json: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch {
    return null;
  }
}

export function readJsonMenu(text: string, currency: string): MenuFile {
  const read = parsed(text);
  if (!read) return unreadable('not_json');
  const menu = JsonMenu.safeParse(read.json);
  if (!menu.success) {
    return unreadable('not_a_menu', menu.error.issues[0]?.path.join('.') ?? '');
  }
  if (menu.data.currency !== undefined && menu.data.currency !== currency) {
    return unreadable('other_currency', menu.data.currency);
  }
  const dishes: FileDish[] = [];
  const refused: RefusedLine[] = [];
  let line = 0;
  for (const { name: section, dishes: given } of menu.data.sections) {
    for (const each of given) {
      line += 1;
      const dish = JsonDish.safeParse(each);
      if (dish.success) {
        const { options, name, ...rest } = dish.data;
        const groups = options ? { optionGroups: options } : {};
        dishes.push({ line, section: section.trim(), ...rest, ...groups, name: name.trim() });
      } else {
        const problem = PROBLEM_OF[String(dish.error.issues[0]?.path[0])] ?? 'not_a_dish';
        refused.push({ line, section, name: nameIn(each), problem });
      }
    }
  }
  if (line > MOST_DISHES) return unreadable('too_many', String(MOST_DISHES));
  return line === 0 ? unreadable('empty') : { kind: 'menu', dishes, refused };
}
