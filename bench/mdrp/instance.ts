import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** One day of meal delivery. Times in whole minutes of the day, positions in metres. */
export type Instance = {
  name: string;
  orders: readonly MealOrder[];
  restaurants: ReadonlyMap<string, Spot>;
  couriers: readonly Courier[];
  rules: Rules;
};
export type Spot = { x: number; y: number };
export type MealOrder = {
  id: string;
  at: Spot;
  placedAt: number;
  restaurant: string;
  readyAt: number;
};
export type Courier = { id: string; at: Spot; onAt: number; offAt: number };
export type Rules = {
  metresPerMinute: number;
  pickupServiceMinutes: number;
  dropoffServiceMinutes: number;
  targetClickToDoor: number;
  maximumClickToDoor: number;
  payPerOrder: number;
  payPerHour: number;
};

/** A file that is not what the format says; the sentence names file and line. */
export class BadInstance extends Error {
  override readonly name = 'BadInstance';
}

type Row = {
  text(column: string): string;
  number(column: string): number;
  fail(why: string): never;
};

function parseTable(file: string, text: string, columns: readonly string[]): Row[] {
  const lines = text.split(/\r?\n/);
  const header = (lines[0] ?? '').split('\t').map((name) => name.trim());
  for (const column of columns) {
    if (!header.includes(column))
      throw new BadInstance(`${file}:1: there is no column '${column}'`);
  }
  return lines.flatMap((line, n): Row[] => {
    if (n === 0 || line.trim() === '') return [];
    const fields = line.split('\t');
    const fail = (why: string): never => {
      throw new BadInstance(`${file}:${n + 1}: ${why}`);
    };
    if (fields.length !== header.length) {
      return fail(`${fields.length} fields, where the header has ${header.length}`);
    }
    const get = (column: string) => (fields[header.indexOf(column)] ?? '').trim();
    const number = (column: string) => {
      const value = Number(get(column));
      return get(column) === '' || !Number.isFinite(value)
        ? fail(`${column} is not a number: '${get(column)}'`)
        : value;
    };
    const text = (column: string) => get(column) || fail(`${column} is empty`);
    return [{ text, number, fail }];
  });
}

function byId<T>(rows: readonly Row[], column: string, make: (row: Row, id: string) => T) {
  const found = new Map<string, T>();
  for (const row of rows) {
    const id = row.text(column);
    if (found.has(id)) row.fail(`${column} '${id}' is there twice`);
    found.set(id, make(row, id));
  }
  return found;
}

const spot = (row: Row): Spot => ({ x: row.number('x'), y: row.number('y') });

const RULE_COLUMNS: Record<keyof Rules, string> = {
  metresPerMinute: 'meters_per_minute',
  pickupServiceMinutes: 'pickup service minutes',
  dropoffServiceMinutes: 'dropoff service minutes',
  targetClickToDoor: 'target click-to-door',
  maximumClickToDoor: 'maximum click-to-door',
  payPerOrder: 'pay per order',
  payPerHour: 'guaranteed pay per hour',
};

function readRules(file: string, text: string): Rules {
  const [row] = parseTable(file, text, Object.values(RULE_COLUMNS));
  if (!row) throw new BadInstance(`${file}:2: there is no line with the parameters`);
  const rules = Object.fromEntries(
    Object.entries(RULE_COLUMNS).map(([key, column]) => [key, row.number(column)]),
  ) as Rules;
  if (rules.metresPerMinute <= 0) row.fail('meters_per_minute must be above 0');
  return rules;
}

/** The files of an instance, as text by name. */
export type InstanceFiles = Record<
  'orders.txt' | 'restaurants.txt' | 'couriers.txt' | 'instance_parameters.txt',
  string
>;

export function parseInstance(name: string, files: InstanceFiles): Instance {
  const file = (it: keyof InstanceFiles) => `${name}/${it}`;
  const table = (it: keyof InstanceFiles, columns: readonly string[]) =>
    parseTable(file(it), files[it], columns);
  const restaurants = byId(table('restaurants.txt', ['restaurant', 'x', 'y']), 'restaurant', spot);
  const orderColumns = ['order', 'x', 'y', 'placement_time', 'restaurant', 'ready_time'];
  const orders = byId(table('orders.txt', orderColumns), 'order', (row, id): MealOrder => {
    const restaurant = row.text('restaurant');
    if (!restaurants.has(restaurant)) row.fail(`there is no restaurant '${restaurant}'`);
    const placedAt = row.number('placement_time');
    const readyAt = row.number('ready_time');
    if (readyAt < placedAt) row.fail('ready_time is before placement_time');
    return { id, at: spot(row), placedAt, restaurant, readyAt };
  });
  const courierColumns = ['courier', 'x', 'y', 'on_time', 'off_time'];
  const couriers = byId(table('couriers.txt', courierColumns), 'courier', (row, id): Courier => {
    const onAt = row.number('on_time');
    const offAt = row.number('off_time');
    if (offAt < onAt) row.fail('off_time is before on_time');
    return { id, at: spot(row), onAt, offAt };
  });
  const rules = readRules(file('instance_parameters.txt'), files['instance_parameters.txt']);
  return {
    name,
    orders: [...orders.values()],
    restaurants,
    couriers: [...couriers.values()],
    rules,
  };
}

export async function readInstance(folder: string): Promise<Instance> {
  const read = async (file: keyof InstanceFiles) => {
    try {
      return await readFile(join(folder, file), 'utf8');
    } catch (error) {
      throw new BadInstance(`${join(folder, file)}: cannot be read: ${(error as Error).message}`);
    }
  };
  // One after another: the first that is missing is the one that is named.
  return parseInstance(basename(folder), {
    'orders.txt': await read('orders.txt'),
    'restaurants.txt': await read('restaurants.txt'),
    'couriers.txt': await read('couriers.txt'),
    'instance_parameters.txt': await read('instance_parameters.txt'),
  });
}

/** Straight metres. Math.hypot is several times slower. */
export function metres(from: Spot, to: Spot): number {
  const [x, y] = [to.x - from.x, to.y - from.y];
  return Math.sqrt(x * x + y * y);
}

/** Minutes from one spot to another, rounded up. */
export function travelMinutes(rules: Rules, from: Spot, to: Spot): number {
  return Math.ceil(metres(from, to) / rules.metresPerMinute);
}
