import { expect, it } from 'vitest';
import { isSameJson } from './same-json';

it.each([
  [null, null, true],
  [1, 1, true],
  [1, '1', false],
  [null, {}, false],
  [[], {}, false],
  [{ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: undefined }, false],
  [{ a: undefined }, { b: undefined }, false],
  [[1, 2], [2, 1], false],
  [[1, 2], [1, 2, 3], false],
])('%j and %j: %s', (a, b, same) => {
  expect(isSameJson(a, b)).toBe(same);
  expect(isSameJson(b, a)).toBe(same);
});
