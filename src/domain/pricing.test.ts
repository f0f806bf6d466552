import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from './errors';
import type { MenuSection } from './menu';
import { formatMoney } from './money';
import { type CartLine, deliveryFee, driverPay, priceCart } from './pricing';

const plain = { description: '', allergens: [], stock: null, unit: '' };
const menu: MenuSection[] = [
  {
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
    ],
  },
];

const line = (itemId: string, optionIds: string[] = [], quantity = 1): CartLine => ({
  itemId,
  quantity,
  optionIds,
  note: '',
});

const refusalOf = (cart: CartLine[]): string => {
  try {
    priceCart(menu, cart, 0, 0);
    return 'priced';
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
};

describe('a cart', () => {
  it('costs its dishes with their options, the fee and the tip', () => {
    const cart = [line('pizza', ['large', 'ham'], 2), line('salad')];
    expect(priceCart(menu, cart, 250, 100)).toMatchObject({
      lines: [
        { unitPrice: 1_450, lineTotal: 2_900 },
        { unitPrice: 650, lineTotal: 650 },
      ],
      itemCount: 3,
      subtotal: 3_550,
      deliveryFee: 250,
      tip: 100,
      total: 3_900,
    });
  });

  it.each([
    ['a dish of another restaurant', [line('sushi')], 'item_not_on_menu'],
    ['a dish that is sold out', [line('soup')], 'item_sold_out'],
    ['an option that is sold out', [line('pizza', ['small', 'olives'])], 'item_sold_out'],
    ['an option of another dish', [line('salad', ['small'])], 'option_unknown'],
    ['an option twice', [line('pizza', ['small', 'ham', 'ham'])], 'option_repeated'],
    ['too few choices', [line('pizza')], 'options_out_of_range'],
    ['too many choices', [line('pizza', ['small', 'large'])], 'options_out_of_range'],
    [
      'too many extras',
      [line('pizza', ['small', 'ham', 'basil', 'garlic'])],
      'options_out_of_range',
    ],
  ])('with %s is refused', (_, cart, reason) => {
    expect(refusalOf(cart)).toBe(reason);
  });

  it('adds up to the cent, whatever is in it', () => {
    const anyLine = fc.oneof(
      fc.constant(line('salad')),
      fc
        .tuple(fc.constantFrom('small', 'large'), fc.subarray(['ham', 'basil'], { maxLength: 2 }))
        .map(([size, extras]) => line('pizza', [size, ...extras])),
    );
    const anyCart = fc.array(
      fc
        .tuple(anyLine, fc.integer({ min: 1, max: 99 }))
        .map(([one, quantity]) => ({ ...one, quantity })),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(anyCart, fc.nat(5_000), fc.nat(5_000), (cart, fee, tip) => {
        const priced = priceCart(menu, cart, fee, tip);
        const sum = priced.lines.reduce((all, one) => all + one.unitPrice * one.quantity, 0);
        expect(priced.total).toBe(sum + fee + tip);
        expect(Number.isInteger(priced.total)).toBe(true);
      }),
    );
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
        expect(Number.isInteger(driverPay(meters, 0))).toBe(true);
      }),
    );
  });

  it('give the driver the whole tip', () => {
    expect(driverPay(2_000, 300) - driverPay(2_000, 0)).toBe(300);
  });
});

it.each([
  [1_250, 'EUR', '€12.50'],
  [1_250, 'JPY', '¥1,250'],
  [1_250, 'KWD', 'KWD 1.250'],
])('%i in %s reads %s', (amount, currency, words) => {
  expect(formatMoney(amount, currency).replace(/\s/g, ' ')).toBe(words);
});
