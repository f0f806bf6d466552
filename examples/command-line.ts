import { parseArgs } from 'node:util';

type Values<T> = { [K in keyof T]: T[K] extends boolean ? boolean : string };

/**
 * The options of an example with their defaults: `--url`, `--password`, and those given here. Without any it
 * talks to the demo city that `npm start` has opened.
 */
export function commandLine<T extends Record<string, string | boolean>>(defaults: T) {
  const known = { url: 'http://localhost:3000', password: 'hotfoot-demo', ...defaults };
  const { values } = parseArgs({
    options: Object.fromEntries(
      Object.entries(known).map(([name, value]) => [
        name,
        { type: typeof value === 'boolean' ? 'boolean' : 'string', default: value } as const,
      ]),
    ),
  });
  // Each has a default of its own type.
  return values as Values<T & { url: string; password: string }>;
}
