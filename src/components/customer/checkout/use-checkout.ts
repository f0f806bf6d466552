'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { place as placeStore } from '@/components/customer/address/place';
import { type Cart, cart as storedCart } from '@/components/customer/cart/cart';
import { useCartQuote } from '@/components/customer/cart/use-cart-quote';
import { useObstacleWords } from '@/components/customer/cart/use-obstacle-words';
import { useAction } from '@/components/shared/use-action';
import { useRefusal } from '@/components/shared/use-refusal';
import { trpc } from '@/trpc/client';
import type { RefusalWords } from '@/trpc/refusal';
import type { CardToken } from './card-form';
import { type Draft, forgetDraft } from './draft';
import { isUnsure, partOf } from './problems';

type CheckoutInput = {
  cart: Cart;
  draft: Draft;
  card: CardToken | null;
  onCard: (card: CardToken | null) => void;
  onPlaced: () => void;
};

/** The quote of the order as it stands, all that is in its way, and the one button that places it. */
export function useCheckout({ cart, draft, card, onCard, onPlaced }: CheckoutInput) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const where = placeStore.use();
  const refusalOf = useRefusal();
  const obstacleWords = useObstacleWords();
  const { fulfilment, slotFrom, promoCode, method, handover, note } = draft;
  const tip = fulfilment === 'pickup' ? 0 : draft.tip;
  const priced = useCartQuote(cart, { fulfilment, slotFrom, tip, promoCode });
  const { quote, settled, input } = priced;

  const choices = JSON.stringify([input, where.address, handover, note, method]);
  const [refusedFor, setRefusedFor] = useState<string | null>(null);
  const mutation = trpc.orders.place.useMutation();
  const place = useAction(mutation, {
    onDone: ({ orderId }) => {
      onPlaced();
      storedCart.set(null);
      forgetDraft();
      router.push(`/orders/${orderId}`);
    },
    onRefused: (refusal) => {
      setRefusedFor(choices);
      if (isUnsure(refusal)) return;
      if (partOf(refusal.reason) === 'payment') onCard(null);
      void utils.orders.quote.invalidate();
      void utils.orders.slots.invalidate();
    },
  });
  const needsSlot = draft.later && slotFrom === null;
  type Request = Parameters<typeof place.run>[0];
  const sent = useRef<Request | null>(null);
  const unsure = isUnsure(place.refusal);

  function order() {
    if (unsure && sent.current) return place.run(sent.current);
    if (!quote || !settled || needsSlot) return;
    const withCard = method === 'card' && quote.total > 0;
    if (withCard && !card) return;
    sent.current = {
      ...input,
      promoCode: quote.promo?.code ?? null,
      dropoffAddress: where.address,
      dropoffNote: note.trim(),
      handover,
      payment: withCard && card ? { method: 'card', token: card.token } : { method: 'cash' },
      expectedTotal: quote.total,
      expectedMinutes: slotFrom === null ? quote.etaMinutes.to : null,
    };
    place.run(sent.current);
  }

  // A refusal is about what was sent: once something is changed, the quote speaks.
  const otherCard = card !== null && place.refusal && partOf(place.refusal.reason) === 'payment';
  const standing = unsure || (refusedFor === choices && !otherCard);
  const refused = standing ? place.refusal : null;
  const found: RefusalWords[] = [
    ...(refused ? [refused] : []),
    ...(quote?.obstacles ?? []).map(obstacleWords),
    ...(quote?.promoRefused ? [obstacleWords(quote.promoRefused)] : []),
    ...(priced.error && !quote ? [refusalOf(priced.error)] : []),
  ];
  const problems = found.filter(
    ({ reason }, index) => found.findIndex((other) => other.reason === reason) === index,
  );

  return {
    quote,
    settled,
    problems,
    /** The order may have arrived: nothing but sending it again can tell. */
    unsure,
    ordering: place.pending,
    needsCard: method === 'card' && quote?.total !== 0 && card === null,
    needsSlot,
    /** Prices that have changed are to be confirmed first. */
    unconfirmed: (quote?.priceChanges.length ?? 0) > 0,
    order,
    retry: () => {
      place.clear();
      priced.refetch();
    },
  };
}
export type CheckoutState = ReturnType<typeof useCheckout>;
