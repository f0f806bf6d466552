import { type Dish, type DishOptionGroup, DishSchema, Stock } from '@/domain/dish';
import type { MenuItem, MenuSection } from '@/domain/menu';
import { typedAmount } from '@/domain/money';
import type { FileDish, FileProblem, LineProblem, RefusedLine } from './menu-file';

export const PLAN_FIELDS = [
  'section',
  'name',
  'description',
  'price',
  'unit',
  'allergens',
  'stock',
  'soldOut',
  'options',
] as const;
/** `price` in minor units, `soldOut` as yes or no, everything else as it is read. */
export type PlanChange = {
  field: (typeof PLAN_FIELDS)[number];
  before: string;
  after: string;
};

/** What becomes of one line of a file. */
export type PlanLine = { line: number; section: string; name: string } & (
  | { outcome: 'created' | 'unchanged' }
  | { outcome: 'changed'; changes: PlanChange[] }
  | { outcome: 'refused'; problem: LineProblem }
);

export type FullDish = Dish & { stock: number | null; soldOut: boolean };

/** What is written: a new dish, or all of one that changes. */
export type PlanStep = { itemId: string | null; section: string; dish: FullDish };

export type MenuPlan = { lines: PlanLine[]; steps: PlanStep[] };

/** What somebody is shown of it before anything is done. */
export type MenuPreview =
  | { kind: 'plan'; lines: PlanLine[]; fingerprint: string }
  | { kind: 'unreadable'; problem: FileProblem };

/** How text is compared: another way to write the same is no change. */
const clean = (text: string): string => text.replace(/\r\n?/g, '\n').normalize('NFC').trim();
const keyOf = (text: string): string => clean(text).toLowerCase();

type Standing = { section: string; item: MenuItem };

/** The options of a dish, those that stay with the ids that they have. */
function withIds(groups: readonly DishOptionGroup[], item: MenuItem | null): DishOptionGroup[] {
  return groups.map((group) => {
    const old = item?.optionGroups.find(({ name }) => clean(name) === clean(group.name));
    return {
      ...(old ? { id: old.id } : {}),
      name: group.name,
      min: group.min,
      max: group.max,
      options: group.options.map(({ name, price, soldOut }) => {
        const same = old?.options.find((each) => clean(each.name) === clean(name));
        return { ...(same ? { id: same.id } : {}), name, price, soldOut };
      }),
    };
  });
}

const optionWords = (groups: readonly DishOptionGroup[], currency: string): string =>
  groups
    .filter(({ options }) => options.length > 0)
    .map(({ name, min, max, options }) => {
      const list = options.map((option) => {
        const price = option.price === 0 ? '' : ` +${typedAmount(option.price, currency)}`;
        return `${clean(option.name)}${price}${option.soldOut ? ' ✕' : ''}`;
      });
      return `${clean(name)} (${min}–${max}): ${list.join(', ')}`;
    })
    .join('; ');

const EMPTY: FullDish = {
  ...{ name: '', description: '', price: 0, unit: '', allergens: [] },
  ...{ optionGroups: [], stock: null, soldOut: false },
};

/** As the database keeps it: nothing left is sold out, and what is counted again is back. */
function soldOutBy(stock: number | null, before: number | null, wanted: boolean): boolean {
  if (stock === 0) return true;
  return before === 0 ? false : wanted;
}

const PROBLEMS: Readonly<Record<string, LineProblem>> = {
  name: 'bad_name',
  description: 'bad_description',
  price: 'bad_price',
  unit: 'bad_unit',
  allergens: 'bad_allergens',
  optionGroups: 'bad_options',
};

/** The dish as it would be, or what is wrong with it. */
function merged(given: FileDish, item: MenuItem | null): { dish: FullDish } | LineProblem {
  const before = item ?? EMPTY;
  const read = DishSchema.safeParse({
    name: given.name,
    description: given.description ?? before.description,
    price: given.price ?? before.price,
    unit: given.unit ?? before.unit,
    allergens: [...new Set(given.allergens ?? before.allergens)],
    optionGroups: withIds(given.optionGroups ?? before.optionGroups, item),
  });
  if (!read.success) {
    return PROBLEMS[String(read.error.issues[0]?.path[0])] ?? 'not_a_dish';
  }
  const stock = given.stock === undefined ? before.stock : given.stock;
  if (!Stock.safeParse(stock).success) return 'bad_stock';
  const soldOut = soldOutBy(stock, before.stock, given.soldOut ?? before.soldOut);
  return { dish: { ...read.data, stock, soldOut } };
}

function changesOf(at: Standing, section: string, dish: FullDish, currency: string): PlanChange[] {
  const { item } = at;
  const yesNo = (yes: boolean) => (yes ? 'yes' : 'no');
  const fields: [PlanChange['field'], string, string][] = [
    [
      'section',
      keyOf(at.section) === keyOf(section) ? clean(section) : clean(at.section),
      clean(section),
    ],
    ['name', clean(item.name), clean(dish.name)],
    ['description', clean(item.description), clean(dish.description)],
    ['price', String(item.price), String(dish.price)],
    ['unit', clean(item.unit), clean(dish.unit)],
    ['allergens', [...item.allergens].sort().join(' '), [...dish.allergens].sort().join(' ')],
    ['stock', String(item.stock ?? ''), String(dish.stock ?? '')],
    ['soldOut', yesNo(item.soldOut), yesNo(dish.soldOut)],
    ['options', optionWords(item.optionGroups, currency), optionWords(dish.optionGroups, currency)],
  ];
  return fields
    .filter(([, before, after]) => before !== after)
    .map(([field, before, after]) => ({ field, before, after }));
}

/** By its id if the menu has it, else by section and name; several of that name are nobody's. */
function standingOf(given: FileDish, all: readonly Standing[]): Standing | null | 'ambiguous' {
  const byId = given.id && all.find(({ item }) => item.id === given.id);
  if (byId) return byId;
  const named = all.filter(
    ({ section, item }) =>
      keyOf(section) === keyOf(given.section) && keyOf(item.name) === keyOf(given.name),
  );
  return named.length > 1 ? 'ambiguous' : (named[0] ?? null);
}

const LONGEST_SECTION = 80;

/**
 * What a file would do to a menu, line by line, and the steps that do it. Dishes that the file does not
 * hold stay as they are; new ones come last in their section.
 */
export function planMenu(
  menu: readonly MenuSection[],
  file: { dishes: readonly FileDish[]; refused: readonly RefusedLine[] },
  currency: string,
): MenuPlan {
  const all = menu.flatMap(({ name, items }) => items.map((item) => ({ section: name, item })));
  const taken = new Set<string>();
  const steps: PlanStep[] = [];
  const planned = file.dishes.map((given): PlanLine => {
    const { line, section, name } = given;
    const about = { line, section, name };
    const refuse = (problem: LineProblem): PlanLine => ({ ...about, outcome: 'refused', problem });
    if (clean(section) === '' || section.length > LONGEST_SECTION) return refuse('no_section');
    const standing = standingOf(given, all);
    if (standing === 'ambiguous') return refuse('ambiguous');
    const claim = standing ? standing.item.id : `${keyOf(section)}\n${keyOf(name)}`;
    if (taken.has(claim)) return refuse('duplicate');
    if (!standing && given.price === undefined) return refuse('no_price');
    const next = merged(given, standing?.item ?? null);
    if (typeof next === 'string') return refuse(next);
    taken.add(claim);
    if (!standing) {
      steps.push({ itemId: null, section: clean(section), dish: next.dish });
      return { ...about, outcome: 'created' };
    }
    const changes = changesOf(standing, section, next.dish, currency);
    if (changes.length === 0) return { ...about, outcome: 'unchanged' };
    const moves = changes.some(({ field }) => field === 'section');
    const target = moves ? clean(section) : standing.section;
    steps.push({ itemId: standing.item.id, section: target, dish: next.dish });
    return { ...about, outcome: 'changed', changes };
  });
  const refused = file.refused.map((line): PlanLine => ({ ...line, outcome: 'refused' }));
  return { lines: [...planned, ...refused].sort((a, b) => a.line - b.line), steps };
}
