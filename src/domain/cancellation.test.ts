import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cancelTerms, priceOfDishes } from './cancellation';
import { DELIVERY_STATES, type DeliveryStatus } from './delivery';
import { deliveryImage, orderImage } from './images.testing';
import { ORDER_STATES, type OrderStatus } from './order';
import { type PAYMENT_METHODS as Methods, PAYMENT_METHODS } from './payment';
import { sumUp } from './pricing';

type Method = (typeof Methods)[number];

const terms = (
  status: OrderStatus,
  delivery: DeliveryStatus | null,
  paymentMethod: Method,
  role?: 'customer' | 'admin',
) =>
  cancelTerms(
    orderImage('order', { status, paymentMethod }),
    delivery && deliveryImage('order', { status: delivery }),
    role,
  );

const free = { allowed: true, fee: 0 };
const dishes = { allowed: true, fee: 1_000 };
const no = (why: string) => ({ allowed: false, why });

describe('a customer cancels', () => {
  it.each<[OrderStatus, DeliveryStatus | null, Method, unknown]>([
    ['placed', null, 'cash', free],
    ['placed', null, 'card', free],
    ['accepted', 'unassigned', 'cash', free],
    ['accepted', 'assigned', 'card', free],
    ['preparing', 'offering', 'card', dishes],
    ['preparing', 'at_pickup', 'card', dishes],
    ['preparing', null, 'card', dishes],
    ['ready', null, 'card', dishes],
    ['preparing', 'assigned', 'cash', no('kitchen_started')],
    ['ready', null, 'cash', no('kitchen_started')],
    ['ready', 'picked_up', 'card', no('picked_up')],
    ['ready', 'at_dropoff', 'cash', no('picked_up')],
    ['accepted', 'picked_up', 'card', no('picked_up')],
    ['completed', 'delivered', 'card', no('closed')],
    ['cancelled', 'cancelled', 'card', no('closed')],
    ['rejected', null, 'cash', no('closed')],
    ['expired', null, 'card', no('closed')],
  ])('%s, delivery %s, paid by %s', (status, delivery, method, expected) => {
    expect(terms(status, delivery, method)).toEqual(expected);
  });
});

it('an admin cancels whatever is open, and it costs nothing', () => {
  for (const status of ORDER_STATES) {
    for (const delivery of [null, ...DELIVERY_STATES]) {
      for (const method of PAYMENT_METHODS) {
        const open = ['placed', 'accepted', 'preparing', 'ready'].includes(status);
        expect(terms(status, delivery, method, 'admin')).toEqual(open ? free : no('closed'));
      }
    }
  }
});

it('what a customer may do, an admin may too, and it never costs more than was to be paid', () => {
  const money = fc.nat(20_000);
  const anyOrder = fc
    .record({ subtotal: money, discount: money, deliveryFee: money, tip: money })
    .chain((parts) =>
      fc
        .record({ taxBp: fc.nat(5_000), taxIncluded: fc.boolean() })
        .map((rule) => sumUp(parts, rule)),
    );
  fc.assert(
    fc.property(anyOrder, (sum) => {
      const fee = priceOfDishes(sum);
      expect(Number.isInteger(fee)).toBe(true);
      expect(fee).toBeGreaterThanOrEqual(0);
      expect(fee).toBeLessThanOrEqual(sum.total - sum.tip);
    }),
  );
});

it.each([
  [
    'tax in the prices',
    { subtotal: 1_000, discount: 100, deliveryFee: 200, tax: 90, taxIncluded: true, total: 1_100 },
    900,
  ],
  [
    'tax on top',
    { subtotal: 1_000, discount: 0, deliveryFee: 200, tax: 120, taxIncluded: false, total: 1_320 },
    1_100,
  ],
  [
    'a discount above the dishes',
    { subtotal: 500, discount: 700, deliveryFee: 200, tax: 0, taxIncluded: true, total: 0 },
    0,
  ],
])('the dishes cost, with %s', (_, order, price) => {
  expect(priceOfDishes(order)).toBe(price);
});
