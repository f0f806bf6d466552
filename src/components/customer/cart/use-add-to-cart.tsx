'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { RestaurantImage } from '@/domain/restaurant';
import { addToCart, type CartEntry, cart } from './cart';

/** Adds to the cart of this restaurant; a cart of another one is asked about first, by `dialog`. */
export function useAddToCart(restaurant: RestaurantImage) {
  const t = useTranslations('cart.switch');
  const other = cart.use()?.restaurant.name ?? '';
  const [waiting, setWaiting] = useState<CartEntry | null>(null);

  function add(entry: CartEntry): void {
    const before = cart.get();
    if (before && before.restaurant.id !== restaurant.id) setWaiting(entry);
    else addToCart(restaurant, entry);
  }

  const dialog = (
    <ConfirmDialog
      open={waiting !== null}
      onOpenChange={(open) => !open && setWaiting(null)}
      title={t('title')}
      description={t('detail', { other, here: restaurant.name })}
      cancelLabel={t('keep', { other })}
      confirmLabel={t('confirm')}
      onConfirm={() => {
        if (waiting) addToCart(restaurant, waiting);
        setWaiting(null);
      }}
    />
  );
  return { add, dialog };
}
