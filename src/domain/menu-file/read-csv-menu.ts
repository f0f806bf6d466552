import { type CsvRow, readCsv } from '@/domain/csv';
import type { DishOptionGroup } from '@/domain/dish';
import { minorUnits } from '@/domain/money';
import { type Column, columnOf, NEEDED } from './columns';
import {
  type FileDish,
  type LineProblem,
  type MenuFile,
  MOST_DISHES,
  type RefusedLine,
  unreadable,
} from './menu-file';

const YES = new Set(['yes', 'true', '1', 'x', 'نعم']);
const NO = new Set(['', 'no', 'false', '0', 'لا']);

const yesOrNo = (cell: string): boolean | null =>
  YES.has(cell.toLowerCase()) ? true : NO.has(cell.toLowerCase()) ? false : null;

const wholeNumber = (cell: string): number | null => (/^\d{1,7}$/.test(cell) ? Number(cell) : null);

type Cells = { has: (column: Column) => boolean; of: (row: CsvRow, column: Column) => string };

type Read<T> = { value: T } | { problem: LineProblem };

function readDish(row: CsvRow, cells: Cells, currency: string): Read<FileDish> {
  const of = (column: Column) => cells.of(row, column);
  const dish: FileDish = { line: row.line, id: of('id'), section: of('section'), name: of('dish') };
  if (cells.has('description')) dish.description = of('description');
  if (cells.has('unit')) dish.unit = of('unit');
  if (cells.has('allergens')) {
    dish.allergens = of('allergens')
      .toLowerCase()
      .split(/[\s,;|]+/)
      .filter(Boolean);
  }
  if (cells.has('option')) dish.optionGroups = [];
  if (of('price') !== '') {
    const price = minorUnits(of('price'), currency);
    if (price === null) return { problem: 'bad_price' };
    dish.price = price;
  }
  if (cells.has('stock')) {
    const stock = of('stock') === '' ? null : wholeNumber(of('stock'));
    if (stock === null && of('stock') !== '') return { problem: 'bad_stock' };
    dish.stock = stock;
  }
  if (cells.has('sold_out')) {
    const soldOut = yesOrNo(of('sold_out'));
    if (soldOut === null) return { problem: 'bad_sold_out' };
    dish.soldOut = soldOut;
  }
  return { value: dish };
}

/** Adds the option of a line to its dish; false where it makes no sense. */
function addOption(
  groups: DishOptionGroup[],
  row: CsvRow,
  cells: Cells,
  currency: string,
): boolean {
  const of = (column: Column) => cells.of(row, column);
  const [typed, soldOut] = [of('price'), yesOrNo(of('sold_out'))];
  const price = typed === '' ? 0 : minorUnits(typed, currency);
  const min = of('min') === '' ? 0 : wholeNumber(of('min'));
  const max = of('max') === '' ? 1 : wholeNumber(of('max'));
  if (price === null || soldOut === null || min === null || max === null) return false;
  if (of('group') === '' || of('option') === '') return false;
  const last = groups.at(-1);
  const option = { name: of('option'), price, soldOut };
  if (last?.name === of('group')) last.options.push(option);
  else groups.push({ name: of('group'), min, max, options: [option] });
  return true;
}

function headings(row: CsvRow): { columns: Column[] } | { problem: MenuFile } {
  const columns: Column[] = [];
  for (const heading of row.cells) {
    const column = columnOf(heading);
    if (!column) return { problem: unreadable('unknown_column', heading.trim()) };
    if (columns.includes(column)) return { problem: unreadable('column_twice', column) };
    columns.push(column);
  }
  const missing = NEEDED.find((column) => !columns.includes(column));
  return missing ? { problem: unreadable('missing_column', missing) } : { columns };
}

/** Reads a menu as CSV; prices as people write them in `currency`. */
export function readCsvMenu(text: string, currency: string): MenuFile {
  const { rows, unclosed } = readCsv(text);
  if (unclosed !== null) return unreadable('unclosed_quote', String(unclosed));
  const [first, ...rest] = rows;
  if (!first) return unreadable('empty');
  const head = headings(first);
  if ('problem' in head) return head.problem;
  const cells: Cells = {
    has: (column) => head.columns.includes(column),
    of: (row, column) => (row.cells[head.columns.indexOf(column)] ?? '').trim(),
  };
  const dishes: FileDish[] = [];
  const refused: RefusedLine[] = [];
  // The dish that the options below belong to; null after one that was refused.
  let current: FileDish | null = null;
  let above = '';
  const refuse = (row: CsvRow, problem: LineProblem) =>
    refused.push({
      line: row.line,
      section: cells.of(row, 'section'),
      name: cells.of(row, 'dish'),
      problem,
    });
  for (const row of rest) {
    const isOption = cells.of(row, 'option') !== '' || cells.of(row, 'group') !== '';
    const named = `${cells.of(row, 'section')}\n${cells.of(row, 'dish')}`;
    if (row.cells.length > head.columns.length) {
      refuse(row, 'too_many_cells');
      if (current && isOption) dishes.splice(dishes.indexOf(current), 1);
      current = null;
    } else if (!isOption) {
      const read = readDish(row, cells, currency);
      current = 'value' in read ? read.value : null;
      above = named;
      if ('value' in read) dishes.push(read.value);
      else refuse(row, read.problem);
    } else if (named.trim() !== '' && named !== above) {
      refuse(row, 'option_without_dish');
    } else if (current?.optionGroups) {
      if (addOption(current.optionGroups, row, cells, currency)) continue;
      // A dish without one of its options would be another dish.
      refuse(row, 'bad_options');
      dishes.splice(dishes.indexOf(current), 1);
      current = null;
    } else if (above === '') {
      refuse(row, 'option_without_dish');
    }
  }
  if (dishes.length > MOST_DISHES) return unreadable('too_many', String(MOST_DISHES));
  return dishes.length + refused.length === 0
    ? unreadable('empty')
    : { kind: 'menu', dishes, refused };
}
