import { expect, it } from 'vitest';
import { type Arrow, neighbour } from './board-keys';

const COLUMNS = [['a1', 'a2', 'a3'], [], ['c1'], ['d1', 'd2']];

it.each<[string | null, Arrow, string | undefined]>([
  ['a1', 'down', 'a2'],
  ['a3', 'down', undefined],
  ['a1', 'up', undefined],
  ['a2', 'up', 'a1'],
  ['a3', 'forward', 'c1'],
  ['c1', 'forward', 'd1'],
  ['d2', 'back', 'c1'],
  ['c1', 'back', 'a1'],
  ['a1', 'back', undefined],
  ['a1', 'last', 'a3'],
  ['a3', 'first', 'a1'],
  [null, 'down', 'a1'],
  ['gone', 'forward', 'a1'],
])('from %s, %s leads to %s', (from, arrow, to) => {
  expect(neighbour(COLUMNS, from, arrow)).toBe(to);
});

it('leads nowhere on an empty board', () => {
  expect(neighbour([[], []], null, 'down')).toBeUndefined();
});
