import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MenuSection } from './menu';
import { formatMoney } from './money';
import {
  type CartLine,
  deliveryFee,
  divideHalfUp,
  driverPay,
  priceChanges,
  priceLines,
  sumUp,
} from './pricing';
import { DEFAULT_SETTINGS } from './settings';

const { terms } = DEFAULT_SETTINGS;

const plain = { description: '', allergens: [], stock: null, unit: '', photoId: null, version: 1 };
const menu: MenuSection[] = [
  {
    version: 1,
    id: 'section',
    name: 'All',
    items: [
      {
        ...plain,
        id: 'pizza',
        name: 'Pizza',
        price: 1_000,
        soldOut: false,
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
            options: [
              { id: 'ham', name: 'Ham', price: 150, soldOut: false },
              { id: 'olives', name: 'Olives', price: 100, soldOut: true },
              { id: 'basil', name: 'Basil', price: 50, soldOut: false },
              { id: 'garlic', name: 'Garlic', price: 50, soldOut: false },
            ],
          },
        ],
      },
      { ...plain, id: 'salad', name: 'Salad', price: 650, soldOut: false, optionGroups: [] },
      { ...plain, id: 'soup', name: 'Soup', price: 500, soldOut: true, optionGroups: [] },
      {
        ...plain,
        id: 'milk',
        name: 'Milk',
        price: 120,
        soldOut: false,
        stock: 3,
        optionGroups: [],
      },
    ],
  },
];

const dishes = menu.flatMap(({ items }) => items);

const line = (itemId: string, optionIds: string[] = [], quantity = 1): CartLine => ({
  itemId,
  quantity,
  optionIds,
  note: '',
});

const reasonsOf = (cart: CartLine[]) =>
  priceLines(dishes, cart).map(({ refused }) => refused?.reason ?? 'priced');

describe('a cart', () => {
  it('is priced line by line, options included', () => {
    const cart = [line('pizza', ['large', 'ham'], 2), line('salad')];
    expect(priceLines(dishes, cart).map(({ priced }) => priced)).toMatchObject([
      { name: 'Pizza', unitPrice: 1_450, lineTotal: 2_900 },
      { name: 'Salad', unitPrice: 650, lineTotal: 650 },
    ]);
  });

  it.each([
    ['a dish of another restaurant', [line('sushi')], ['item_not_on_menu']],
    ['a dish that is sold out', [line('soup')], ['item_sold_out']],
    ['an option that is sold out', [line('pizza', ['small', 'olives'])], ['item_sold_out']],
    ['an option of another dish', [line('salad', ['small'])], ['option_unknown']],
    ['an option twice', [line('pizza', ['small', 'ham', 'ham'])], ['option_repeated']],
    ['too few choices', [line('pizza')], ['options_out_of_range']],
    ['too many choices', [line('pizza', ['small', 'large'])], ['options_out_of_range']],
    [
      'too many extras',
      [line('pizza', ['small', 'ham', 'basil', 'garlic'])],
      ['options_out_of_range'],
    ],
    ['as many as are left', [line('milk', [], 3)], ['priced']],
    [
      'more than are left, over its lines',
      [line('milk', [], 2), line('milk', [], 2)],
      ['item_short', 'item_short'],
    ],
    [
      'some that can’t be ordered beside some that can',
      [line('soup'), line('salad'), line('sushi')],
      ['item_sold_out', 'priced', 'item_not_on_menu'],
    ],
  ])('with %s is told so, line by line', (_, cart, reasons) => {
    expect(reasonsOf(cart)).toEqual(reasons);
  });

  it('still has its price and name on the line that is sold out', () => {
    expect(priceLines(dishes, [line('soup')])[0]).toMatchObject({
      priced: { name: 'Soup', unitPrice: 500 },
      refused: { data: { itemId: 'soup', name: 'Soup' } },
    });
  });

  it('tells which prices are not those that were seen', () => {
    const cart = [
      { ...line('salad'), seenPrice: 600 },
      { ...line('pizza', ['small']), seenPrice: 1_000 },
      line('milk'),
      { ...line('sushi'), seenPrice: 1 },
    ];
    expect(priceChanges(cart, priceLines(dishes, cart))).toEqual([
      { itemId: 'salad', name: 'Salad', was: 600, now: 650 },
    ]);
  });
});

describe('a sum', () => {
  const anyMoney = fc.nat(200_000);
  const anyParts = fc.record({
    subtotal: anyMoney,
    discount: anyMoney,
    deliveryFee: anyMoney,
    tip: anyMoney,
  });
  const anyRule = fc.record({ taxBp: fc.nat(10_000), taxIncluded: fc.boolean() });

  it('adds up to the cent, whatever is in it', () => {
    fc.assert(
      fc.property(anyParts, anyRule, (parts, rule) => {
        const sum = sumUp(parts, rule);
        const onTop = sum.taxIncluded ? 0 : sum.tax;
        expect(sum.subtotal - sum.discount + sum.deliveryFee + sum.tip + onTop).toBe(sum.total);
        for (const amount of Object.values(sum).filter((value) => typeof value === 'number')) {
          expect(Number.isInteger(amount)).toBe(true);
          expect(amount).toBeGreaterThanOrEqual(0);
        }
        expect(sum.discount).toBeLessThanOrEqual(sum.subtotal + sum.deliveryFee);
      }),
    );
  });

  it('has the tax that its rule says, to half a cent, and the tip is not taxed', () => {
    fc.assert(
      fc.property(anyParts, anyRule, (parts, rule) => {
        const { tax, subtotal, discount, deliveryFee: fee } = sumUp(parts, rule);
        const taxed = subtotal - discount + fee;
        const share = rule.taxBp / (rule.taxIncluded ? 10_000 + rule.taxBp : 10_000);
        expect(Math.abs(tax - taxed * share)).toBeLessThanOrEqual(0.5 + 1e-6);
        expect(sumUp({ ...parts, tip: 0 }, rule).tax).toBe(tax);
      }),
    );
  });

  it.each([
    // Three at 3.33 with 10 % on top: 0.999 rounds once to 1.00, not three times to 0.99.
    [
      { subtotal: 999, taxBp: 1_000, taxIncluded: false },
      { tax: 100, total: 1_099 },
    ],
    [
      { subtotal: 1_230, taxBp: 2_300, taxIncluded: true },
      { tax: 230, total: 1_230 },
    ],
    // Exactly half a cent goes up.
    [
      { subtotal: 50, taxBp: 100, taxIncluded: false },
      { tax: 1, total: 51 },
    ],
    [
      { subtotal: 49, taxBp: 100, taxIncluded: false },
      { tax: 0, total: 49 },
    ],
    [
      { subtotal: 0, taxBp: 2_300, taxIncluded: true },
      { tax: 0, total: 0 },
    ],
  ])('of %o is %o', ({ subtotal, ...rule }, expected) => {
    expect(sumUp({ subtotal, discount: 0, deliveryFee: 0, tip: 0 }, rule)).toMatchObject(expected);
  });

  it('never goes below nothing: a discount ends at what there is', () => {
    const parts = { subtotal: 500, discount: 900, deliveryFee: 200, tip: 100 };
    expect(sumUp(parts, { taxBp: 1_000, taxIncluded: false })).toMatchObject({
      discount: 700,
      tax: 0,
      total: 100,
    });
  });

  it('rounds halves up', () => {
    expect([1, 2, 3, 4, 5, 6].map((n) => divideHalfUp(n, 4))).toEqual([0, 1, 1, 1, 1, 2]);
  });
});

describe('fees and pay', () => {
  const rule = { deliveryFeeBase: 200, deliveryFeePerKm: 100 };

  it.each([
    [0, 200],
    [1_000, 200],
    [1_500, 250],
    [3_000, 400],
  ])('delivery over %i m costs %i', (meters, fee) => {
    expect(deliveryFee(rule, meters)).toBe(fee);
  });

  it('grow with the distance and are whole minor units', () => {
    fc.assert(
      fc.property(fc.nat(20_000), fc.nat(5_000), (meters, more) => {
        expect(deliveryFee(rule, meters + more)).toBeGreaterThanOrEqual(deliveryFee(rule, meters));
        expect(Number.isInteger(driverPay(terms, meters, 0))).toBe(true);
      }),
    );
  });

  it('give the driver the whole tip', () => {
    expect(driverPay(terms, 2_000, 300) - driverPay(terms, 2_000, 0)).toBe(300);
  });
});

it.each([
  [1_250, 'EUR', '€12.50'],
  [1_250, 'JPY', '¥1,250'],
  [1_250, 'KWD', 'KWD 1.250'],
])('%i in %s reads %s', (amount, currency, words) => {
  expect(formatMoney(amount, currency).replace(/\s/g, ' ')).toBe(words);
});
