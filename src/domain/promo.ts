import { invalid, type Refusal } from './errors';
import { divideHalfUp } from './pricing';

export const PROMO_KINDS = ['percent', 'amount', 'free_delivery'] as const;
export type PromoKind = (typeof PROMO_KINDS)[number];

/** Money in minor units of `currency`. */
export type Promo = {
  id: string;
  code: string;
  kind: PromoKind;
  /** Whole percent, or minor units; nothing for free delivery. */
  value: number;
  currency: string;
  minimumSubtotal: number;
  /** The most that it takes off; null: no limit. */
  maximumDiscount: number | null;
  /** Null: good everywhere. */
  restaurantId: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  limitPerPerson: number | null;
  limitTotal: number | null;
  used: number;
  disabledAt: Date | null;
};

/** As it is stored and compared: without the spaces around it, in capitals. */
export const normalCode = (typed: string): string => typed.trim().toUpperCase();

/** What the code takes off these dishes and this fee. */
export function discountOf(
  promo: Pick<Promo, 'kind' | 'value' | 'maximumDiscount'>,
  cart: { subtotal: number; deliveryFee: number },
): number {
  const most = promo.maximumDiscount ?? Number.POSITIVE_INFINITY;
  switch (promo.kind) {
    case 'percent':
      return Math.min(most, divideHalfUp(cart.subtotal * promo.value, 100));
    case 'amount':
      return Math.min(most, promo.value, cart.subtotal);
    case 'free_delivery':
      return Math.min(most, cart.deliveryFee);
  }
}

export const promoUnknown = (code: string): Refusal =>
  invalid({
    reason: 'promo_unknown',
    message: `There is no code “${code}”.`,
    hint: 'Check how it is written, or order without it.',
    data: { code },
  });

export const promoUsedUp = (code: string): Refusal =>
  invalid({
    reason: 'promo_used_up',
    message: `The code “${code}” has been used up.`,
    hint: 'Order without it.',
    data: { code },
  });

export const promoUsed = (code: string): Refusal =>
  invalid({
    reason: 'promo_used',
    message: `You have used the code “${code}” already.`,
    hint: 'Order without it.',
    data: { code },
  });

type Use = {
  now: Date;
  restaurantId: string;
  currency: string;
  subtotal: number;
  deliveryFee: number;
  /** How often this person has used it; null while nobody has signed in. */
  usedByPerson: number | null;
};

/** Why the code is not good for this cart, or null when it is. */
export function promoRefusal(promo: Promo, use: Use): Refusal | null {
  const { code } = promo;
  if (promo.disabledAt || promo.currency !== use.currency) return promoUnknown(code);
  if (promo.startsAt && promo.startsAt > use.now) {
    return invalid({
      reason: 'promo_not_started',
      message: `The code “${code}” is not good yet.`,
      hint: 'Try it later, or order without it.',
      data: { code, startsAt: promo.startsAt.toISOString() },
    });
  }
  if (promo.endsAt && promo.endsAt <= use.now) {
    return invalid({
      reason: 'promo_ended',
      message: `The code “${code}” is not good any more.`,
      hint: 'Order without it.',
      data: { code, endsAt: promo.endsAt.toISOString() },
    });
  }
  if (promo.restaurantId && promo.restaurantId !== use.restaurantId) {
    return invalid({
      reason: 'promo_elsewhere',
      message: `The code “${code}” is good at another restaurant.`,
      hint: 'Order without it.',
      data: { code },
    });
  }
  if (use.subtotal < promo.minimumSubtotal) {
    return invalid({
      reason: 'promo_below_minimum',
      message: `The code “${code}” is good from a higher sum of dishes.`,
      hint: 'Add something to your cart, or order without it.',
      data: { code, minimum: promo.minimumSubtotal },
    });
  }
  if (promo.kind === 'free_delivery' && use.deliveryFee === 0) {
    return invalid({
      reason: 'promo_nothing_to_take',
      message: `The code “${code}” pays for the delivery, which costs nothing here.`,
      hint: 'Keep it for another order.',
      data: { code },
    });
  }
  if (promo.limitTotal !== null && promo.used >= promo.limitTotal) return promoUsedUp(code);
  if (promo.limitPerPerson !== null && (use.usedByPerson ?? 0) >= promo.limitPerPerson) {
    return promoUsed(code);
  }
  return null;
}
