import { describe, expect, it } from 'vitest';
import { placed, stepOf, withDishMoved } from './menu-order';

const menuOf = (words: string) =>
  words.split(' / ').map((part) => {
    const [id = '', list = ''] = part.split(':');
    return { id, items: list.split('').map((each) => ({ id: each })) };
  });
const wordsOf = (menu: ReturnType<typeof menuOf>) =>
  menu.map(({ id, items }) => `${id}:${items.map((each) => each.id).join('')}`).join(' / ');

describe('a step', () => {
  it.each<[string, 'up' | 'down', string]>([
    ['b', 'up', 'one:bac / two:de'],
    ['a', 'down', 'one:bac / two:de'],
    ['b', 'down', 'one:acb / two:de'],
    ['c', 'down', 'one:ab / two:cde'],
    ['d', 'up', 'one:abcd / two:e'],
  ])('of %s %s makes %s', (itemId, direction, expected) => {
    const menu = menuOf('one:abc / two:de');
    const move = stepOf(menu, itemId, direction);
    expect(move && wordsOf(withDishMoved(menu, move))).toBe(expected);
  });

  it.each<[string, 'up' | 'down']>([
    ['a', 'up'],
    ['e', 'down'],
    ['x', 'up'],
  ])('of %s %s is none', (itemId, direction) => {
    expect(stepOf(menuOf('one:abc / two:de'), itemId, direction)).toBeNull();
  });

  it('into an empty section is its only dish', () => {
    const menu = menuOf('one:a / two:');
    const move = stepOf(menu, 'a', 'down');
    expect(move && wordsOf(withDishMoved(menu, move))).toBe('one: / two:a');
  });
});

it('what comes before something that is gone has no place', () => {
  expect(placed(['a', 'b'], 'b', 'x')).toBeNull();
  expect(placed(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b']);
  expect(placed(['a', 'b'], 'a', null)).toEqual(['b', 'a']);
});
