import type { MenuItem, MenuSection } from './menu';
import type { OrderLine } from './order';

/** A line of an old order as it can be had now. Money in minor units. */
export type ReorderLine = {
  itemId: string;
  name: string;
  quantity: number;
  optionIds: string[];
  optionNames: string[];
  note: string;
  unitPrice: number;
};

/** What is not as it was then; a dish of the first three kinds is left out. */
export type ReorderChange =
  /** Not on the menu any more; sold out today; its choices are others now. */
  | { kind: 'gone' | 'sold_out' | 'choose_anew'; name: string }
  | { kind: 'fewer'; name: string; was: number; now: number }
  | { kind: 'without'; name: string; options: string[] }
  | { kind: 'price'; name: string; was: number; now: number };

export type Reorder = { lines: ReorderLine[]; changes: ReorderChange[] };

const sumOf = (options: readonly { price: number }[]): number =>
  options.reduce((sum, { price }) => sum + price, 0);

/** One line against its dish as it is now, of which `left` can be had. */
function reorderLine(line: OrderLine, item: MenuItem | undefined, left: number): Reorder {
  const { name, quantity, note } = line;
  const leftOut = (kind: 'gone' | 'sold_out' | 'choose_anew'): Reorder => ({
    lines: [],
    changes: [{ kind, name: item?.name ?? name }],
  });
  if (!item) return leftOut('gone');
  if (item.soldOut || left === 0) return leftOut('sold_out');

  const wanted = new Set(line.options.map(({ id }) => id));
  const groups = item.optionGroups.map((group) => ({
    ...group,
    chosen: group.options.filter(({ id, soldOut }) => wanted.has(id) && !soldOut),
  }));
  if (groups.some(({ min, max, chosen }) => chosen.length < min || chosen.length > max)) {
    return leftOut('choose_anew');
  }
  const chosen = groups.flatMap((group) => group.chosen);
  const missing = line.options.filter(({ id }) => !chosen.some((option) => option.id === id));
  const unitPrice = item.price + sumOf(chosen);
  const was = line.unitPrice - sumOf(missing);
  const about = { name: item.name };
  const now = Math.min(quantity, left);
  return {
    lines: [
      {
        itemId: item.id,
        name: item.name,
        quantity: now,
        optionIds: chosen.map(({ id }) => id),
        optionNames: chosen.map((option) => option.name),
        note,
        unitPrice,
      },
    ],
    changes: [
      ...(now < quantity ? [{ kind: 'fewer' as const, ...about, was: quantity, now }] : []),
      ...(missing.length > 0
        ? [{ kind: 'without' as const, ...about, options: missing.map((option) => option.name) }]
        : []),
      ...(unitPrice === was ? [] : [{ kind: 'price' as const, ...about, was, now: unitPrice }]),
    ],
  };
}

/** An old order against the menu as it is now: what can be had of it, and what is not as it was. */
export function reorderLines(menu: readonly MenuSection[], lines: readonly OrderLine[]): Reorder {
  const items = new Map(menu.flatMap(({ items: of }) => of).map((item) => [item.id, item]));
  const taken = new Map<string, number>();
  const all: Reorder = { lines: [], changes: [] };
  for (const line of lines) {
    const item = items.get(line.itemId);
    const before = taken.get(line.itemId) ?? 0;
    const left = (item?.stock ?? Number.POSITIVE_INFINITY) - before;
    const again = reorderLine(line, item, Math.max(0, left));
    taken.set(line.itemId, before + sumOfQuantities(again.lines));
    all.lines.push(...again.lines);
    all.changes.push(...again.changes);
  }
  return all;
}

const sumOfQuantities = (lines: readonly ReorderLine[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);
