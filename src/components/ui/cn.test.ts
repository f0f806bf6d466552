import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extendTailwindMerge } from 'tailwind-merge';
import { expect, it } from 'vitest';
import { cn } from './cn';

const FOLDER = 'src/components';

/** The whole table of the library, with the names of our theme. */
const whole = extendTailwindMerge({
  extend: { theme: { radius: ['control', 'card'], shadow: ['float'] } },
});

/** Every set of classes that one call of `cn` joins, as far as it stands there as text. */
function joined(): string[][] {
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true });
  return files
    .filter(({ name }) => name.endsWith('.tsx'))
    .flatMap((file) => {
      const source = readFileSync(join(file.parentPath, file.name), 'utf8');
      return [...source.matchAll(/\bcn\(([\s\S]*?)\n? *\)(?=[}\s,;])/g)].map(([, args = '']) =>
        [...args.matchAll(/'([^'\n]+)'/g)].map(([, text = '']) => text),
      );
    });
}

/** What callers pass into components of ours. */
function passedIn(): string[] {
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true });
  return files
    .filter(({ name }) => name.endsWith('.tsx'))
    .flatMap((file) => {
      const source = readFileSync(join(file.parentPath, file.name), 'utf8');
      return [...source.matchAll(/<[A-Z]\w*(?:\s[^<>]*?)?\sclassName="([^"]+)"/g)];
    })
    .map(([, classes = '']) => classes);
}

it('what our components join comes out as by the whole table', () => {
  const calls = joined();
  const passed = new Set(passedIn());
  expect(calls.length).toBeGreaterThan(50);
  expect(passed.size).toBeGreaterThan(50);
  const wrong = new Set<string>();
  const check = (classes: string) => {
    // The same class twice is harmless.
    const once = (text: string) => [...new Set(text.split(' '))].sort().join(' ');
    if (once(cn(classes)) !== once(whole(classes)))
      wrong.add(`${classes} → ${cn(classes)}, not ${whole(classes)}`);
  };
  for (const texts of calls) {
    check(texts.join(' '));
    // A class that a caller passes in comes last.
    for (const last of passed) check(`${texts[0]} ${last}`);
  }
  expect([...wrong]).toEqual([]);
});
