/** The columns of a menu as CSV. A line with an option belongs to the dish above it. */
export const COLUMNS = [
  'id',
  'section',
  'dish',
  'description',
  'price',
  'unit',
  'allergens',
  'stock',
  'sold_out',
  'group',
  'min',
  'max',
  'option',
] as const;
export type Column = (typeof COLUMNS)[number];

export const NEEDED: readonly Column[] = ['section', 'dish'];

export const columnOf = (heading: string): Column | null => {
  const name = heading
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  return COLUMNS.find((column) => column === name) ?? null;
};
