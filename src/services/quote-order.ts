import { z } from 'zod';
import type { Queryable } from '@/db/client';
import { findRestaurant, readMenu } from '@/db/queries/restaurants';
import { conflict, invalid, notFound } from '@/domain/errors';
import { type EtaMinutes, quoteMinutes } from '@/domain/eta';
import { GeoPointSchema, haversineMeters } from '@/domain/geo';
import { isOpenAt, opensAt } from '@/domain/opening-hours';
import { deliveryFee, type PricedCart, priceCart } from '@/domain/pricing';
import type { RestaurantImage } from '@/domain/restaurant';
import { Text } from '@/domain/text';
import type { ServiceContext } from './context';

export const CartInput = z.object({
  restaurantId: z.uuid(),
  lines: z
    .array(
      z.object({
        itemId: z.uuid(),
        quantity: z.number().int().min(1).max(99),
        optionIds: z.array(z.uuid()).max(50).default([]),
        note: Text.trim().max(200).default(''),
      }),
    )
    .min(1)
    .max(50),
  dropoff: GeoPointSchema,
  /** Minor units. */
  tip: z.number().int().min(0).max(100_000).default(0),
});
export type CartInput = z.infer<typeof CartInput>;

type Quote = {
  restaurant: RestaurantImage;
  cart: PricedCart;
  /** Straight-line metres from the restaurant to the door. */
  distanceM: number;
  etaMinutes: EtaMinutes;
};

/** Prices a cart as of `now`; refuses what can't be ordered. */
export async function quoteInTransaction(
  db: Queryable,
  input: CartInput,
  now: Date,
): Promise<Quote> {
  const restaurant = await findRestaurant(db, { id: input.restaurantId });
  if (!restaurant) throw notFound('restaurant');
  if (!isOpenAt(restaurant, now)) {
    throw conflict({
      reason: 'restaurant_closed',
      message: `${restaurant.name} takes no orders now.`,
      hint: 'Choose another restaurant, or come back when it opens.',
      data: { opensAt: opensAt(restaurant, now)?.toISOString() ?? null },
    });
  }
  const distanceM = haversineMeters(restaurant.location, input.dropoff);
  if (distanceM > restaurant.deliveryRadiusM) {
    throw invalid({
      reason: 'address_out_of_radius',
      message: `${restaurant.name} does not deliver as far as this address.`,
      hint: 'Choose a restaurant nearer to you, or another address.',
      data: { distanceM, deliveryRadiusM: restaurant.deliveryRadiusM },
    });
  }
  const menu = await readMenu(db, restaurant.id);
  const cart = priceCart(menu, input.lines, deliveryFee(restaurant, distanceM), input.tip);
  if (cart.subtotal < restaurant.minimumOrder) {
    throw invalid({
      reason: 'below_minimum',
      message: `${restaurant.name} delivers from a higher sum of dishes.`,
      hint: 'Add something to your cart.',
      data: { minimumOrder: restaurant.minimumOrder },
    });
  }
  return {
    restaurant,
    cart,
    distanceM,
    etaMinutes: quoteMinutes(restaurant.prepMinutes, distanceM),
  };
}

/** What a cart costs now, and when it would arrive. Money in minor units. */
export async function quoteOrder(ctx: ServiceContext, input: CartInput) {
  const { restaurant, cart, distanceM, etaMinutes } = await quoteInTransaction(
    ctx.db,
    input,
    ctx.now(),
  );
  const { currency, minimumOrder } = restaurant;
  return { ...cart, currency, minimumOrder, distanceM, etaMinutes };
}
