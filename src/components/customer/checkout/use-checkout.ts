'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { Place } from '@/components/customer/address/default-place';
import { type Cart, cart as storedCart, toCartLines } from '@/components/customer/cart/cart';
import { useAction } from '@/components/shared/use-action';
import { trpc } from '@/trpc/client';
import { refusalOf } from '@/trpc/refusal';

type CheckoutInput = {
  cart: Cart;
  where: Place;
  note: string;
  tip: number;
  onPlaced: () => void;
};

/** The quote of the cart as it stands, and the one button that orders it. */
export function useCheckout({ cart, where, note, tip, onPlaced }: CheckoutInput) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const place = useAction(trpc.orders.place.useMutation(), {
    onDone: ({ orderId }) => {
      onPlaced();
      storedCart.set(null);
      router.push(`/orders/${orderId}`);
    },
    onRefused: () => void utils.orders.quote.invalidate(),
  });

  const lines = toCartLines(cart);
  const restaurantId = cart.restaurant.id;
  const quote = trpc.orders.quote.useQuery(
    { restaurantId, lines, dropoff: where.at, tip },
    {
      placeholderData: keepPreviousData,
      retry: false,
      staleTime: 15_000,
    },
  );

  function order() {
    if (!quote.data || quote.isPlaceholderData) return;
    place.run({
      restaurantId,
      lines,
      dropoff: where.at,
      dropoffAddress: where.address,
      dropoffNote: note.trim(),
      tip,
      expectedTotal: quote.data.total,
    });
  }

  return {
    quote: quote.data ?? null,
    /** The sum is being worked out anew. */
    pricing: quote.isPending || quote.isPlaceholderData,
    refused: place.refusal ?? (quote.error ? refusalOf(quote.error) : null),
    ordering: place.pending,
    order,
    retry: () => {
      place.clear();
      void quote.refetch();
    },
  };
}
