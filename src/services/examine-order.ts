import { z } from 'zod';
import type { Queryable } from '@/db/client';
import { findOrderTerms } from '@/db/queries/order-terms';
import { findPromo, promoUsesOf } from '@/db/queries/promos';
import { readDishes } from '@/db/queries/restaurants';
import { invalid, notFound, type Refusal } from '@/domain/errors';
import { GeoPointSchema } from '@/domain/geo-point';
import { isWithinHours } from '@/domain/opening-hours';
import { FULFILMENTS, MOST_TIP } from '@/domain/order';
import {
  deliveryFee,
  type PricedLine,
  priceLines,
  type QuotedLine,
  type Sum,
  sumUp,
} from '@/domain/pricing';
import { discountOf, normalCode, type Promo, promoRefusal, promoUnknown } from '@/domain/promo';
import type { RestaurantImage } from '@/domain/restaurant';
import { Text } from '@/domain/text';
import {
  etaOf,
  examineTime,
  promiseOf,
  quoteNow,
  readSurroundings,
  type Timing,
} from './examine-time';

export const CartInput = z.object({
  restaurantId: z.uuid(),
  lines: z
    .array(
      z.object({
        itemId: z.uuid(),
        quantity: z.number().int().min(1).max(99),
        optionIds: z.array(z.uuid()).max(50).default([]),
        note: Text.trim().max(200).default(''),
        /** The price of one that the customer saw, minor units; another one is told, not charged. */
        seenPrice: z.number().int().min(0).optional(),
      }),
    )
    .min(1)
    .max(50),
  fulfilment: z.enum(FULFILMENTS).default('delivery'),
  /** The door; where the customer is, if they fetch the order themselves. */
  dropoff: GeoPointSchema,
  /** The start of the slot; null: as soon as possible. */
  slotFrom: z.iso.datetime({ offset: true }).nullable().default(null),
  /** Minor units. */
  tip: z.number().int().min(0).max(MOST_TIP).default(0),
  promoCode: Text.trim().max(24).nullable().default(null),
});
export type CartInput = z.infer<typeof CartInput>;

export type Examined = {
  restaurant: RestaurantImage;
  lines: QuotedLine[];
  priced: PricedLine[];
  itemCount: number;
  sum: Sum;
  /** The part of the fee that the door's zone adds. */
  surcharge: number;
  distanceM: number;
  promo: Promo | null;
  promoRefused: Refusal | null;
  timing: Timing;
  /** Why it can't be ordered as it stands, the gravest first. Empty when it can. */
  obstacles: Refusal[];
};

async function examinePromo(
  db: Queryable,
  typed: string | null,
  use: Omit<Parameters<typeof promoRefusal>[1], 'usedByPerson'> & { customerId: string | null },
): Promise<{ promo: Promo | null; refused: Refusal | null }> {
  const code = normalCode(typed ?? '');
  if (code === '') return { promo: null, refused: null };
  const promo = await findPromo(db, code);
  if (!promo) return { promo: null, refused: promoUnknown(code) };
  const usedByPerson = use.customerId ? await promoUsesOf(db, promo.id, use.customerId) : null;
  const refused = promoRefusal(promo, { ...use, usedByPerson });
  return refused ? { promo: null, refused } : { promo, refused: null };
}

/**
 * Everything about an order as of `now`: what each line costs, the sum, when it would come, and all
 * that is in the way. Changes nothing; money in minor units.
 */
export async function examineOrder(
  db: Queryable,
  input: CartInput,
  customerId: string | null,
  now: Date,
): Promise<Examined> {
  const { restaurantId } = input;
  const pickup = input.fulfilment === 'pickup';
  const forNow = !pickup && input.slotFrom === null;
  const wanted = [...new Set(input.lines.map(({ itemId }) => itemId))];
  // None of them waits for another: in a transaction they are one round trip.
  const [terms, dishes, around] = await Promise.all([
    findOrderTerms(db, restaurantId, input.dropoff),
    readDishes(db, restaurantId, wanted),
    forNow ? readSurroundings(db, restaurantId) : null,
  ]);
  if (!terms) throw notFound('restaurant');
  const { restaurant } = terms;
  const obstacles: Refusal[] = [];
  const distanceM = pickup ? 0 : terms.distanceM;
  const told = around
    ? quoteNow(restaurant, distanceM, around)
    : { eta: etaOf(restaurant, input.fulfilment, distanceM), quote: null };
  const time = await examineTime(db, restaurant, input.slotFrom, told, now);
  if (time.refused) obstacles.push(time.refused);
  if (!pickup && !terms.delivers) {
    obstacles.push(
      invalid({
        reason: 'address_out_of_radius',
        message: `${restaurant.name} does not deliver as far as this address.`,
        hint: 'Choose a restaurant nearer to you, or another address.',
        data: { distanceM, deliveryRadiusM: restaurant.deliveryRadiusM },
      }),
    );
  }
  const served = pickup ? null : terms.doorHours;
  if (served?.hours) {
    const { promisedFrom } = promiseOf(time.timing, time.timing.delayMinutes, now);
    const { hours, timeZone } = served;
    if (!isWithinHours({ hours, timeZone, holidays: {} }, promisedFrom)) {
      obstacles.push(
        invalid({
          reason: 'zone_closed',
          message: `Nothing is delivered in ${served.zone} at this time.`,
          hint: 'Choose another time, or another address.',
          data: { zone: served.zone },
        }),
      );
    }
  }
  if (pickup && !restaurant.pickupOffered) {
    obstacles.push(
      invalid({
        reason: 'pickup_not_offered',
        message: `At ${restaurant.name}, orders can’t be fetched.`,
        hint: 'Have it delivered, or choose another restaurant.',
      }),
    );
  }
  const lines = priceLines(dishes, input.lines);
  for (const { refused } of lines) if (refused) obstacles.push(refused);
  const priced = lines.flatMap((line) => (line.priced && !line.refused ? [line.priced] : []));
  const subtotal = priced.reduce((sum, line) => sum + line.lineTotal, 0);
  if (!pickup && subtotal < restaurant.minimumOrder) {
    obstacles.push(
      invalid({
        reason: 'below_minimum',
        message: `${restaurant.name} delivers from a higher sum of dishes.`,
        hint: 'Add something to your cart.',
        data: { minimumOrder: restaurant.minimumOrder },
      }),
    );
  }
  const surcharge = pickup ? 0 : terms.surcharge;
  const fee = pickup ? 0 : deliveryFee(restaurant, distanceM) + surcharge;
  const { promo, refused: promoRefused } = await examinePromo(db, input.promoCode, {
    now,
    restaurantId: restaurant.id,
    currency: restaurant.currency,
    subtotal,
    deliveryFee: fee,
    customerId,
  });
  const discount = promo ? discountOf(promo, { subtotal, deliveryFee: fee }) : 0;
  return {
    restaurant,
    lines,
    priced,
    itemCount: priced.reduce((sum, line) => sum + line.quantity, 0),
    sum: sumUp(
      { subtotal, discount, deliveryFee: fee, tip: input.tip },
      { taxBp: restaurant.taxBp, taxIncluded: terms.taxIncluded },
    ),
    surcharge,
    distanceM,
    promo,
    promoRefused,
    timing: time.timing,
    obstacles,
  };
}
