import { describe, expect, it } from 'vitest';
import { AREAS } from './areas';
import { areaFiles, catalogue, shapeOf, sources } from './catalogues.testing';
import { LOCALE_CODES, LOCALES } from './locales';

const translations = LOCALE_CODES.filter((code) => code !== 'en');

describe.each(LOCALE_CODES)('the texts in %s', (locale) => {
  it('have one file for each area', () => {
    expect(areaFiles(locale).sort()).toEqual([...AREAS].sort());
  });

  it.each(AREAS)('can be read, and are put in words without dates: %s', (area) => {
    for (const [key, text] of catalogue(locale, area)) {
      expect(text.trim(), `${area}.${key}`).toBe(text);
      expect(text, `${area}.${key}`).not.toBe('');
      expect(shapeOf(text).moments, `${area}.${key}`).toEqual([]);
    }
  });

  it.each(AREAS)('have every plural form of the language: %s', (area) => {
    const { pluralCategories } = new Intl.PluralRules(LOCALES[locale].tag).resolvedOptions();
    for (const [key, text] of catalogue(locale, area)) {
      for (const forms of shapeOf(text).plurals) {
        const missing = pluralCategories.filter(
          (form) => !forms.includes(form) && !(form === 'zero' && forms.includes('=0')),
        );
        expect(missing, `${area}.${key} lacks`).toEqual([]);
      }
    }
  });
});

describe.each(translations)('the texts in %s', (locale) => {
  it.each(AREAS.filter((area) => area !== 'refusals'))('are those of English: %s', (area) => {
    const english = catalogue('en', area);
    const other = catalogue(locale, area);
    expect([...other.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of english) {
      const { placeholders } = shapeOf(other.get(key) ?? '');
      expect(placeholders, `${area}.${key}`).toEqual(shapeOf(text).placeholders);
    }
  });
});

describe('the English texts', () => {
  const literals = new Set<string>();
  const built: RegExp[] = [];
  for (const { path, text } of sources()) {
    for (const [, literal = ''] of text.matchAll(/['"`]([\w.]+)['"`]/g)) literals.add(literal);
    if (!/^(components|app|relay)\//.test(path)) continue;
    for (const [, bare = ''] of text.matchAll(/\b(\w+):/g)) literals.add(bare);
    for (const [, template = ''] of text.matchAll(/`((?:[\w.]|\$\{[^{}`]*\})+)`/g)) {
      const parts = template.split(/\$\{[^}]*\}/);
      if (parts.length > 1 && template.includes('.')) {
        built.push(new RegExp(`^${parts.join('[\\w.]+').replaceAll('.', '\\.')}$`));
      }
    }
  }

  /** By its whole key, or by its namespace and the rest. A rest may be built from parts. */
  function isUsed(area: string, key: string): boolean {
    const parts = `${area}.${key}`.split('.');
    return parts.some((_, index) => {
      const namespace = parts.slice(0, index).join('.');
      const rest = parts.slice(index).join('.');
      if (index === 0 || !literals.has(namespace)) return false;
      return literals.has(rest) || built.some((pattern) => pattern.test(rest));
    });
  }

  it.each(AREAS)('are all used: %s', (area) => {
    const unused = [...catalogue('en', area).keys()].filter((key) => !isUsed(area, key));
    expect(unused).toEqual([]);
  });
});
