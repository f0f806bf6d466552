import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const index = readFileSync('node_modules/@trpc/client/dist/index.mjs', 'utf8');

it('stands in for the file that the index of @trpc/client takes its socket from, and does what it does', () => {
  const [, names = '', file = ''] =
    /import \{([^}]*)\} from "(\.\/wsLink-[^"]+)"/.exec(index) ?? [];
  expect(readFileSync('next.config.ts', 'utf8')).toContain(
    `'${file}': './src/trpc/socket-free.ts'`,
  );
  const used = names
    .split(',')
    .map((name) => name.trim().split(' as ')[1] ?? '')
    .filter((name) => new RegExp(`\\b${name}\\(`).test(index));
  expect(used).toEqual(['resultOf']);
  const there = readFileSync(`node_modules/@trpc/client/dist/${file}`, 'utf8');
  expect(there).toContain(
    'const resultOf = (value, ...args) => {\n\treturn typeof value === "function" ? value(...args) : value;\n};',
  );
  expect(there).toContain(
    'export { jsonEncoder as i, createWSClient as n, resultOf as r, wsLink as t };',
  );
});
