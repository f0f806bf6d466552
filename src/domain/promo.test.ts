import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discountOf, normalCode, PROMO_KINDS, type Promo, promoRefusal } from './promo';

const NOW = new Date('2026-11-20T12:00:00Z');
const hour = (n: number) => new Date(NOW.getTime() + n * 3_600_000);

const promo = (change: Partial<Promo> = {}): Promo => ({
  id: 'promo',
  code: 'TEST',
  kind: 'percent',
  value: 10,
  currency: 'EUR',
  minimumSubtotal: 0,
  maximumDiscount: null,
  restaurantId: null,
  startsAt: null,
  endsAt: null,
  limitPerPerson: null,
  limitTotal: null,
  used: 0,
  disabledAt: null,
  ...change,
});

const use = {
  now: NOW,
  restaurantId: 'here',
  currency: 'EUR',
  subtotal: 1_000,
  deliveryFee: 300,
  usedByPerson: 0,
};

describe('a code takes off', () => {
  const cart = { subtotal: 1_235, deliveryFee: 300 };

  it.each<[string, Partial<Promo>, number]>([
    ['its share of the dishes, halves up', { kind: 'percent', value: 10 }, 124],
    ['no more than its limit', { kind: 'percent', value: 50, maximumDiscount: 500 }, 500],
    ['all of the dishes', { kind: 'percent', value: 100 }, 1_235],
    ['an amount', { kind: 'amount', value: 300 }, 300],
    ['no more than the dishes cost', { kind: 'amount', value: 5_000 }, 1_235],
    ['the delivery', { kind: 'free_delivery', value: 0 }, 300],
    ['some of the delivery', { kind: 'free_delivery', value: 0, maximumDiscount: 200 }, 200],
  ])('%s', (_, change, discount) => {
    expect(discountOf(promo(change), cart)).toBe(discount);
  });

  it('whole units, and never more than what it is for', () => {
    const anyPromo = fc.record({
      kind: fc.constantFrom(...PROMO_KINDS),
      value: fc.nat(100),
      maximumDiscount: fc.option(fc.integer({ min: 1, max: 5_000 })),
    });
    fc.assert(
      fc.property(anyPromo, fc.nat(50_000), fc.nat(2_000), (one, subtotal, deliveryFee) => {
        const discount = discountOf(one, { subtotal, deliveryFee });
        expect(Number.isInteger(discount)).toBe(true);
        expect(discount).toBeGreaterThanOrEqual(0);
        const most = one.kind === 'free_delivery' ? deliveryFee : subtotal;
        expect(discount).toBeLessThanOrEqual(Math.min(most, one.maximumDiscount ?? most));
      }),
    );
  });
});

describe('a code', () => {
  it.each<[string, Partial<Promo>, Partial<typeof use>, string | null]>([
    ['without limits is good', {}, {}, null],
    ['that was switched off is as good as unknown', { disabledAt: NOW }, {}, 'promo_unknown'],
    ['of another currency is unknown here', { currency: 'USD' }, {}, 'promo_unknown'],
    ['is not good yet', { startsAt: hour(1) }, {}, 'promo_not_started'],
    ['is good from its first moment', { startsAt: NOW }, {}, null],
    ['is not good from its last moment on', { endsAt: NOW }, {}, 'promo_ended'],
    ['is good until then', { endsAt: hour(1) }, {}, null],
    ['is good at one restaurant', { restaurantId: 'here' }, {}, null],
    ['is not good at another', { restaurantId: 'there' }, {}, 'promo_elsewhere'],
    ['wants a higher sum', { minimumSubtotal: 1_001 }, {}, 'promo_below_minimum'],
    ['is content with the exact sum', { minimumSubtotal: 1_000 }, {}, null],
    ['has been used up', { limitTotal: 5, used: 5 }, {}, 'promo_used_up'],
    ['has one use left', { limitTotal: 5, used: 4 }, {}, null],
    ['was used by this person', { limitPerPerson: 1 }, { usedByPerson: 1 }, 'promo_used'],
    ['may be used again', { limitPerPerson: 2 }, { usedByPerson: 1 }, null],
    [
      'pays for a delivery that costs nothing',
      { kind: 'free_delivery' },
      { deliveryFee: 0 },
      'promo_nothing_to_take',
    ],
  ])('%s', (_, change, other, reason) => {
    expect(promoRefusal(promo(change), { ...use, ...other })?.reason ?? null).toBe(reason);
  });

  it('is shown to a guest as good: who they are is not known yet', () => {
    const guest = { ...use, usedByPerson: null };
    expect(promoRefusal(promo({ limitPerPerson: 1 }), guest)).toBeNull();
  });

  it('is the same however it is typed', () => {
    expect(normalCode('  welcome10 ')).toBe('WELCOME10');
  });
});
