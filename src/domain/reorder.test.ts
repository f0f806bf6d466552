import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MenuItem, MenuSection } from './menu';
import type { OrderLine } from './order';
import { priceLines } from './pricing';
import { type ReorderChange, reorderLines } from './reorder';

const dish = (change: Partial<MenuItem> = {}): MenuItem => ({
  id: 'stew',
  name: 'Stew',
  description: '',
  price: 900,
  soldOut: false,
  allergens: [],
  stock: null,
  unit: '',
  photoId: null,
  version: 1,
  optionGroups: [
    {
      id: 'size',
      name: 'Size',
      min: 1,
      max: 1,
      options: [
        { id: 'small', name: 'Small', price: 0, soldOut: false },
        { id: 'large', name: 'Large', price: 300, soldOut: false },
      ],
    },
    {
      id: 'extras',
      name: 'Extras',
      min: 0,
      max: 2,
      options: [{ id: 'bread', name: 'Bread', price: 100, soldOut: false }],
    },
  ],
  ...change,
});
const menu = (...items: MenuItem[]): MenuSection[] => [
  { id: 'all', name: 'All', version: 1, items },
];

const LINE: OrderLine = {
  id: 'line',
  itemId: 'stew',
  name: 'Stew',
  quantity: 2,
  unitPrice: 1_300,
  lineTotal: 2_600,
  options: [
    { id: 'large', name: 'Large', price: 300 },
    { id: 'bread', name: 'Bread', price: 100 },
  ],
  note: 'hot',
};

const without = (groupId: string, optionId: string): Partial<MenuItem> => ({
  optionGroups: dish().optionGroups.map((group) =>
    group.id === groupId
      ? { ...group, options: group.options.filter(({ id }) => id !== optionId) }
      : group,
  ),
});

describe('an order that is made again', () => {
  it('is the same while the menu is', () => {
    expect(reorderLines(menu(dish()), [LINE])).toEqual({
      lines: [
        {
          itemId: 'stew',
          name: 'Stew',
          quantity: 2,
          optionIds: ['large', 'bread'],
          optionNames: ['Large', 'Bread'],
          note: 'hot',
          unitPrice: 1_300,
        },
      ],
      changes: [],
    });
  });

  it.each<[string, MenuItem | null, ReorderChange]>([
    ['a dish that is gone', null, { kind: 'gone', name: 'Stew' }],
    ['a dish that is sold out', dish({ soldOut: true }), { kind: 'sold_out', name: 'Stew' }],
    ['a dish of which none is left', dish({ stock: 0 }), { kind: 'sold_out', name: 'Stew' }],
    [
      'a dish whose required choice is gone',
      dish(without('size', 'large')),
      { kind: 'choose_anew', name: 'Stew' },
    ],
  ])('leaves out %s, and says so', (_, item, change) => {
    const again = reorderLines(item ? menu(item) : menu(), [LINE]);
    expect(again).toEqual({ lines: [], changes: [change] });
  });

  it.each<[string, MenuItem, ReorderChange, object]>([
    [
      'at today’s price',
      dish({ price: 950 }),
      { kind: 'price', name: 'Stew', was: 1_300, now: 1_350 },
      { unitPrice: 1_350 },
    ],
    [
      'without an extra that is gone',
      dish(without('extras', 'bread')),
      { kind: 'without', name: 'Stew', options: ['Bread'] },
      { optionIds: ['large'], unitPrice: 1_200 },
    ],
    [
      'as often as there is enough',
      dish({ stock: 1 }),
      { kind: 'fewer', name: 'Stew', was: 2, now: 1 },
      { quantity: 1 },
    ],
  ])('holds a dish %s, and says so', (_, item, change, line) => {
    const again = reorderLines(menu(item), [LINE]);
    expect(again.changes).toEqual([change]);
    expect(again.lines).toMatchObject([line]);
  });

  it('shares what is left among the lines of a dish', () => {
    const again = reorderLines(menu(dish({ stock: 3 })), [LINE, { ...LINE, id: 'second' }]);
    expect(again.lines.map(({ quantity }) => quantity)).toEqual([2, 1]);
  });

  it('can always be ordered as it comes out, for the sum that it says', () => {
    const anyDish = fc
      .record({
        price: fc.integer({ min: 100, max: 2_000 }),
        soldOut: fc.boolean(),
        large: fc.boolean(),
        bread: fc.boolean(),
      })
      .map(({ price, soldOut, large, bread }) => {
        const item = dish({ price, soldOut });
        const gone = (id: string) => (id === 'large' && large) || (id === 'bread' && bread);
        return {
          ...item,
          optionGroups: item.optionGroups.map((group) => ({
            ...group,
            options: group.options.map((option) => ({ ...option, soldOut: gone(option.id) })),
          })),
        };
      });
    fc.assert(
      fc.property(anyDish, (item) => {
        const { lines } = reorderLines(menu(item), [LINE]);
        const priced = priceLines([item], lines);
        expect(priced.map(({ refused }) => refused)).toEqual(lines.map(() => null));
        expect(priced.map((line) => line.priced?.unitPrice)).toEqual(
          lines.map(({ unitPrice }) => unitPrice),
        );
      }),
    );
  });
});
