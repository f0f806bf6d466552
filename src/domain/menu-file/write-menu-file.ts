import { writeCsv } from '@/domain/csv';
import type { MenuItem, MenuSection } from '@/domain/menu';
import { typedAmount } from '@/domain/money';
import { COLUMNS, type Column } from './columns';
import type { MenuFormat } from './menu-file';

const row = (cells: Partial<Record<Column, string>>): string[] =>
  COLUMNS.map((column) => cells[column] ?? '');

const yesNo = (yes: boolean): string => (yes ? 'yes' : 'no');

function csvRows(section: MenuSection, item: MenuItem, currency: string): string[][] {
  const named = { section: section.name, dish: item.name };
  return [
    row({
      ...named,
      id: item.id,
      description: item.description,
      price: typedAmount(item.price, currency),
      unit: item.unit,
      allergens: item.allergens.join(' '),
      stock: item.stock === null ? '' : String(item.stock),
      sold_out: yesNo(item.soldOut),
    }),
    ...item.optionGroups.flatMap(({ name, min, max, options }) =>
      options.map((option) =>
        row({
          ...named,
          group: name,
          min: String(min),
          max: String(max),
          option: option.name,
          price: typedAmount(option.price, currency),
          sold_out: yesNo(option.soldOut),
        }),
      ),
    ),
  ];
}

const jsonDish = (item: MenuItem) => ({
  id: item.id,
  name: item.name,
  description: item.description,
  price: item.price,
  unit: item.unit,
  allergens: item.allergens,
  stock: item.stock,
  soldOut: item.soldOut,
  options: item.optionGroups.map(({ name, min, max, options }) => ({
    name,
    min,
    max,
    options: options.map((option) => ({
      name: option.name,
      price: option.price,
      soldOut: option.soldOut,
    })),
  })),
});

/** A menu as a file that says nothing new when it is read back. */
export function writeMenuFile(
  menu: readonly MenuSection[],
  format: MenuFormat,
  currency: string,
): string {
  if (format === 'json') {
    const sections = menu.map(({ name, items }) => ({ name, dishes: items.map(jsonDish) }));
    return `${JSON.stringify({ currency, sections }, null, 2)}\n`;
  }
  const rows = menu.flatMap((section) =>
    section.items.flatMap((item) => csvRows(section, item, currency)),
  );
  return writeCsv([[...COLUMNS], ...rows]);
}
