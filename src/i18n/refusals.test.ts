import { describe, expect, it } from 'vitest';
import { catalogue, shapeOf, sources } from './catalogues.testing';
import { LOCALE_CODES } from './locales';

/** What the browser itself says when there is no refusal to translate. */
const OF_THE_CLIENT = ['offline', 'unknown', 'invalid_input', 'invalid_field'];

/** Each reason that the code refuses with, and the names of the data that go with it everywhere. */
function refusals(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (reason: string, names: Iterable<string>) => {
    const given = new Set(names);
    const known = found.get(reason);
    found.set(reason, known ? new Set([...known].filter((name) => given.has(name))) : given);
  };
  for (const { text } of sources()) {
    for (const [, reason = '', rest = ''] of text.matchAll(
      /\breason: '(\w+)',?\s*\n?\s*(?=message)([\s\S]{0,400}?)\}\)/g,
    )) {
      const data = /data: \{([^}]*)\}?/.exec(rest)?.[1] ?? '';
      add(
        reason,
        data.split(',').map((entry) => entry.split(':')[0]?.trim() ?? ''),
      );
    }
    for (const [, what] of text.matchAll(/\bnotFound\('(\w+)'\)/g)) add(`${what}_not_found`, []);
  }
  return found;
}

const known = refusals();

it('the refusals of the code are found', () => {
  expect(known.size).toBeGreaterThan(30);
  expect(known.get('address_out_of_radius')).toEqual(new Set(['distanceM', 'deliveryRadiusM']));
  expect([...known.keys()]).toEqual(expect.arrayContaining(['order_not_found', 'illegal_step']));
});

describe.each(LOCALE_CODES.filter((code) => code !== 'en'))('refusals in %s', (locale) => {
  const texts = catalogue(locale, 'refusals');

  it('have a sentence and a hint for every reason, and for no other', () => {
    const keys = [...known.keys(), ...OF_THE_CLIENT].flatMap((reason) => [
      `${reason}.message`,
      `${reason}.hint`,
    ]);
    expect([...texts.keys()].sort()).toEqual(keys.sort());
  });

  it('use nothing but the data that always comes with them', () => {
    for (const [key, text] of texts) {
      const data = known.get(key.split('.')[0] ?? '') ?? new Set();
      const names = shapeOf(text).placeholders.map((each) => each.split(':')[0]);
      expect(
        names.filter((name) => !data.has(name ?? '')),
        key,
      ).toEqual([]);
    }
  });
});
