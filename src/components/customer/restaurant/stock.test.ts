import { describe, expect, it } from 'vitest';
import type { MenuItem } from '@/domain/menu';
import { fewLeft, roomFor } from './stock';

const item = (stock: number | null, soldOut = false): MenuItem => ({
  id: 'i',
  name: 'Milk',
  description: '',
  price: 100,
  soldOut,
  allergens: [],
  stock,
  unit: '1 l',
  photoId: null,
  version: 1,
  optionGroups: [],
});

describe('stock on a screen', () => {
  it.each([
    [null, false, null],
    [6, false, null],
    [5, false, 5],
    [1, false, 1],
    [0, true, null],
  ])('%s left, sold out %s: says %s', (stock, soldOut, said) => {
    expect(fewLeft(item(stock, soldOut))).toBe(said);
  });

  it.each([
    [null, 0, 20],
    [null, 20, 0],
    [3, 1, 2],
    [3, 4, 0],
    [50, 15, 5],
  ])('of %s, with %s in the cart, %s more can be added', (stock, inCart, room) => {
    expect(roomFor(item(stock), inCart)).toBe(room);
  });
});
