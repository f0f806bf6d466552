import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { Locale } from './locales';

const SRC = join(import.meta.dirname, '..');
const FOLDER = join(SRC, 'messages');

export const areaFiles = (locale: Locale): string[] =>
  readdirSync(join(FOLDER, locale)).map((file) => file.replace(/\.json$/, ''));

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix: string, into: Map<string, string>): Map<string, string> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') into.set(prefix + key, value);
    else flatten(value, `${prefix}${key}.`, into);
  }
  return into;
}

/** The texts of one area by their key, e.g. `time.today`. */
export const catalogue = (locale: Locale, area: string): Map<string, string> =>
  flatten(JSON.parse(readFileSync(join(FOLDER, locale, `${area}.json`), 'utf8')), '', new Map());

export type Shape = {
  /** `name: argument`, `name: plural`, `name: tag`, …, sorted. */
  placeholders: string[];
  /** The forms that each plural of the text has. */
  plurals: string[][];
  moments: string[];
};

function visit(nodes: readonly MessageFormatElement[], found: Shape): void {
  for (const node of nodes) {
    if (node.type === TYPE.literal || node.type === TYPE.pound) continue;
    found.placeholders.push(`${node.value}: ${TYPE[node.type]}`);
    if (node.type === TYPE.date || node.type === TYPE.time) found.moments.push(node.value);
    if (node.type === TYPE.tag) visit(node.children, found);
    if (node.type === TYPE.plural) found.plurals.push(Object.keys(node.options));
    if (node.type === TYPE.plural || node.type === TYPE.select) {
      for (const option of Object.values(node.options)) visit(option.value, found);
    }
  }
}

export function shapeOf(text: string): Shape {
  const found: Shape = { placeholders: [], plurals: [], moments: [] };
  visit(parse(text), found);
  found.placeholders = [...new Set(found.placeholders)].sort();
  return found;
}

/** The source files of the product, tests left out. */
export function sources(under = SRC): { path: string; text: string }[] {
  return readdirSync(under, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|testing|d)\.tsx?$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(under, path), 'utf8') }));
}
