'use client';

import { ShoppingBag } from 'lucide-react';
import Link from 'next/link';
import { LinkButton } from '@/components/ui/button';
import { formatMoney } from '@/domain/money';
import { type Cart, cart, cartSubtotal } from './cart';
import { CartLines } from './cart-lines';

/** The cart beside the menu. `here` is the restaurant whose menu is shown. */
export function CartPanel({ here }: { here: string }) {
  const current = cart.use();
  if (!current) {
    return (
      <div className="flex flex-col items-center px-6 py-14 text-center">
        <ShoppingBag aria-hidden="true" className="size-8 text-faint" strokeWidth={1.5} />
        <h2 className="mt-3 text-base">Your cart is empty</h2>
        <p className="mt-1 text-quiet text-sm">Dishes that you add are kept here.</p>
      </div>
    );
  }
  return (
    <>
      <div className="px-5 pt-5 pb-1">
        <h2 className="text-lg">Your cart</h2>
        <CartOrigin cart={current} here={here} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-5">
        <CartLines cart={current} />
      </div>
      <div className="border-line border-t px-5 py-4">
        <CartFoot cart={current} />
      </div>
    </>
  );
}

export function CartOrigin({ cart: { restaurant }, here }: { cart: Cart; here: string }) {
  return (
    <p className="text-quiet text-sm">
      from{' '}
      {restaurant.id === here ? (
        restaurant.name
      ) : (
        <Link
          href={`/r/${restaurant.slug}`}
          className="font-medium text-accent-ink underline underline-offset-4"
        >
          {restaurant.name}
        </Link>
      )}
    </p>
  );
}

export function CartFoot({ cart: current }: { cart: Cart }) {
  const { currency, minimumOrder } = current.restaurant;
  const subtotal = cartSubtotal(current);
  const lacking = minimumOrder - subtotal;
  return (
    <div className="flex flex-col gap-3">
      <p className="flex justify-between gap-3 text-sm">
        <span className="text-quiet">Dishes</span>
        <span className="numerals font-medium">{formatMoney(subtotal, currency)}</span>
      </p>
      {lacking > 0 ? (
        <p role="status" className="rounded-control bg-warn-soft px-3 py-2.5 text-sm text-warn-ink">
          Add {formatMoney(lacking, currency)} more: the kitchen cooks from{' '}
          {formatMoney(minimumOrder, currency)}.
        </p>
      ) : (
        <LinkButton href="/checkout" variant="primary" size="lg" full>
          Go to checkout
        </LinkButton>
      )}
    </div>
  );
}
