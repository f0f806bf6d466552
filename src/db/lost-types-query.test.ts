import { expect, it } from 'vitest';
import { isLostTypesQuery } from './lost-types-query';

const lost = (query: string) => Object.assign(new Error('read ECONNRESET'), { query });

it.each([
  [
    'the question of the driver',
    lost('select b.oid\n  from pg_catalog.pg_type a\n  left join'),
    true,
  ],
  ['a query of ours', lost('SELECT 1 FROM orders'), false],
  ['an error without a query', new Error('read ECONNRESET'), false],
  ['no error', 'from pg_catalog.pg_type a', false],
])('%s', (_, error, expected) => {
  expect(isLostTypesQuery(error)).toBe(expected);
});
