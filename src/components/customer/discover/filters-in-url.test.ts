import { describe, expect, it } from 'vitest';
import { isFiltered, NO_FILTERS, readFilters, toQuery, writeFilters } from './filters-in-url';

const read = (text: string) => readFilters(new URLSearchParams(text));

describe('filters in an address', () => {
  it('are read as they were written', () => {
    const filters = {
      kind: 'grocery',
      q: 'oat milk & more',
      cuisine: 'Corner shop',
      openOnly: true,
      sort: 'fee',
    } as const;
    expect(read(writeFilters(filters))).toEqual(filters);
    expect(writeFilters(NO_FILTERS)).toBe('');
    expect(read('')).toEqual(NO_FILTERS);
  });

  it('that nobody knows are not there', () => {
    expect(read('?kind=bank&sort=price&open=yes&cuisine=')).toEqual(NO_FILTERS);
    expect(read(`?q=${'x'.repeat(500)}`).q).toHaveLength(80);
    expect(read('?q=a%00b&cuisine=%00')).toEqual({ ...NO_FILTERS, q: 'ab' });
  });
});

describe('what is asked for', () => {
  it('is one kind, or everything that holds the words', () => {
    expect(toQuery({ ...NO_FILTERS, cuisine: 'Thai' })).toEqual({
      kind: 'restaurant',
      cuisine: 'Thai',
    });
    expect(toQuery({ ...NO_FILTERS, cuisine: 'Thai', q: ' ramen ' })).toEqual({ q: 'ramen' });
    expect(toQuery({ ...NO_FILTERS, sort: 'match' })).toEqual({ kind: 'restaurant' });
    expect(toQuery({ ...NO_FILTERS, q: 'a', sort: 'match' })).toEqual({ q: 'a', sort: 'match' });
  });

  it('is narrowed by more than its kind and order', () => {
    expect(isFiltered({ ...NO_FILTERS, kind: 'grocery', sort: 'fee' })).toBe(false);
    expect(isFiltered({ ...NO_FILTERS, openOnly: true })).toBe(true);
  });
});
