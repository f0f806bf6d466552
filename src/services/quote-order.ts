import type { Refusal, RefusalCode } from '@/domain/errors';
import { priceChanges } from '@/domain/pricing';
import type { ServiceContext } from './context';
import { type CartInput, examineOrder } from './examine-order';
import { promiseOf } from './examine-time';
import { cardProvider } from './payment-provider';

/** A refusal as an answer: what is in the way, without an error. */
type Obstacle = {
  code: RefusalCode;
  reason: string;
  message: string;
  hint: string | null;
  data: Record<string, unknown> | null;
};

const obstacleOf = ({ code, reason, message, hint, data }: Refusal): Obstacle => ({
  code,
  reason,
  message,
  hint: hint ?? null,
  data: data ?? null,
});

/**
 * What a cart costs now, line by line and in all, when it would come, how it can be paid, and all that
 * is in the way of ordering it. Money in minor units. Refused only for a restaurant that is unknown.
 */
export async function quoteOrder(ctx: ServiceContext, input: CartInput) {
  const customerId = ctx.viewer?.role === 'customer' ? ctx.viewer.userId : null;
  const now = ctx.now();
  const examined = await examineOrder(ctx.db, input, customerId, now);
  const { restaurant, sum, timing, promo, promoRefused } = examined;
  const card = cardProvider(ctx);
  return {
    ...sum,
    /** The part of `deliveryFee` that the door's zone adds. */
    surcharge: examined.surcharge,
    taxBp: restaurant.taxBp,
    itemCount: examined.itemCount,
    currency: restaurant.currency,
    minimumOrder: restaurant.minimumOrder,
    distanceM: examined.distanceM,
    etaMinutes: promiseOf(timing, timing.delayMinutes, now).eta,
    lines: examined.lines.map(({ itemId, priced, refused }) => ({
      itemId,
      name: priced?.name ?? null,
      unitPrice: priced?.unitPrice ?? null,
      lineTotal: priced?.lineTotal ?? null,
      refused: refused && obstacleOf(refused),
    })),
    priceChanges: priceChanges(input.lines, examined.lines),
    promo: promo && { code: promo.code, kind: promo.kind, discount: sum.discount },
    promoRefused: promoRefused && obstacleOf(promoRefused),
    slot: timing.slot && {
      from: timing.slot.from.toISOString(),
      to: timing.slot.to.toISOString(),
    },
    pickup: {
      offered: restaurant.pickupOffered,
      address: restaurant.address,
      location: restaurant.location,
    },
    timeZone: restaurant.timeZone,
    card: card && { provider: card.name, test: card.test },
    obstacles: examined.obstacles.map(obstacleOf),
  };
}
