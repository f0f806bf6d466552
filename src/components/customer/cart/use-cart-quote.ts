'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { place } from '@/components/customer/address/place';
import { trpc } from '@/trpc/client';
import { useRestaurantChanges } from '@/trpc/use-restaurant-changes';
import { type Cart, toCartLines } from './cart';

/** What the cart does not hold: how, when and for what it is ordered. */
type Wishes = {
  fulfilment?: 'delivery' | 'pickup';
  slotFrom?: string | null;
  /** Minor units. */
  tip?: number;
  promoCode?: string | null;
};

/** The estimate ages even if no price changes. */
const FRESH_FOR_MS = 60_000;

/** What the cart costs now, priced again when it, the kitchen or the menu changes. */
export function useCartQuote(cart: Cart, wishes: Wishes = {}) {
  const { at: dropoff } = place.use();
  const utils = trpc.useUtils();
  const restaurantId = cart.restaurant.id;
  useRestaurantChanges(null, (event) => {
    if (event && event.restaurantId !== restaurantId) return;
    void utils.orders.quote.invalidate();
    void utils.orders.slots.invalidate();
  });
  const input = { restaurantId, lines: toCartLines(cart), dropoff, ...wishes };
  const query = trpc.orders.quote.useQuery(input, {
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    refetchInterval: FRESH_FOR_MS,
  });
  return {
    input,
    quote: query.data ?? null,
    /** False while the sum is being worked out anew. */
    settled: query.isSuccess && !query.isPlaceholderData,
    error: query.error,
    refetch: () => void query.refetch(),
  };
}

export type CartQuote = NonNullable<ReturnType<typeof useCartQuote>['quote']>;
export type QuotedLine = CartQuote['lines'][number];

/** The quote of one line of the cart; null while it is of another cart. */
export function quoteOf(quote: CartQuote | null, cart: Cart, index: number): QuotedLine | null {
  const line = quote?.lines[index];
  return line && line.itemId === cart.lines[index]?.itemId ? line : null;
}
