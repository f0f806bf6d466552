import type { DishOptionGroup } from '@/domain/dish';

export const MENU_FORMATS = ['csv', 'json'] as const;
export type MenuFormat = (typeof MENU_FORMATS)[number];

/** The largest file that is read, bytes, and the most dishes in it. */
export const LARGEST_MENU_FILE = 200_000;
export const MOST_DISHES = 1_000;

/** Why a file can't be read at all. */
export const FILE_PROBLEMS = [
  'too_large',
  'too_many',
  'empty',
  'not_json',
  'not_a_menu',
  'unclosed_quote',
  'unknown_column',
  'missing_column',
  'column_twice',
  'other_currency',
] as const;
export type FileProblem = {
  code: (typeof FILE_PROBLEMS)[number];
  /** The column, currency or line that it is about; empty where that goes without saying. */
  about: string;
};

/** Why one dish of a file is refused. */
export const LINE_PROBLEMS = [
  'too_many_cells',
  'not_a_dish',
  'no_section',
  'no_price',
  'bad_name',
  'bad_description',
  'bad_price',
  'bad_unit',
  'bad_allergens',
  'bad_stock',
  'bad_sold_out',
  'bad_options',
  'option_without_dish',
  'duplicate',
  'ambiguous',
] as const;
export type LineProblem = (typeof LINE_PROBLEMS)[number];

/** A dish as a file has it. What the file has no column or key for is left as it is. */
export type FileDish = {
  /** The line of the file, or in JSON the how manieth dish; from 1. */
  line: number;
  id: string;
  section: string;
  name: string;
  description?: string;
  price?: number;
  unit?: string;
  allergens?: string[];
  stock?: number | null;
  soldOut?: boolean;
  optionGroups?: DishOptionGroup[];
};

export type RefusedLine = { line: number; section: string; name: string; problem: LineProblem };

export type MenuFile =
  | { kind: 'menu'; dishes: FileDish[]; refused: RefusedLine[] }
  | { kind: 'unreadable'; problem: FileProblem };

export const unreadable = (code: FileProblem['code'], about = ''): MenuFile => ({
  kind: 'unreadable',
  problem: { code, about },
});
