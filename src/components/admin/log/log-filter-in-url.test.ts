import { expect, it } from 'vitest';
import { readLogFilters, toLogQuery, writeLogFilters } from './log-filter-in-url';

const read = (search: string) => readLogFilters(new URLSearchParams(search));

it.each([
  [''],
  ['?stream=order'],
  ['?type=delivery.failed&order=1042'],
  ['?actor=database%3Ahotfoot&source=psql'],
  ['?from=2026-11-20T12%3A00%3A00.000Z&to=2026-11-21T12%3A00%3A00.000Z'],
])('filters come back from the address as they were written: %s', (search) => {
  expect(writeLogFilters(read(search))).toBe(search);
});

it.each([
  ['?stream=table'],
  ['?type=DROP%20TABLE'],
  ['?order=none'],
  ['?order=0'],
  ['?source=rumour'],
  ['?from=yesterday'],
  ['?actor=%00'],
])('what is not understood counts as not there: %s', (search) => {
  expect(writeLogFilters(read(search))).toBe('');
});

it('an order can be named as it is written on screens', () => {
  expect(toLogQuery(read('?order=%231042')).orderNumber).toBe(1_042);
});
