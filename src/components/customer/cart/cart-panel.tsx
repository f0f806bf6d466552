'use client';

import { ShoppingBag } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';
import { LinkButton } from '@/components/ui/button';
import { type Cart, cart, cartSubtotal } from './cart';
import { CartLines } from './cart-lines';
import { PriceChanges } from './price-changes';
import { type CartQuote, useCartQuote } from './use-cart-quote';

/** The cart beside the menu. `here` is the restaurant whose menu is shown. */
export function CartPanel({ here }: { here: string }) {
  const t = useTranslations('cart');
  const current = cart.use();
  if (!current) {
    return (
      <div className="flex flex-col items-center px-6 py-14 text-center">
        <ShoppingBag aria-hidden="true" className="size-8 text-faint" strokeWidth={1.5} />
        <h2 className="mt-3 text-base">{t('empty.title')}</h2>
        <p className="mt-1 text-quiet text-sm">{t('empty.detail')}</p>
      </div>
    );
  }
  return <Filled cart={current} here={here} />;
}

function Filled({ cart: current, here }: { cart: Cart; here: string }) {
  const t = useTranslations('cart');
  const { quote } = useCartQuote(current);
  return (
    <>
      <div className="px-5 pt-5 pb-1">
        <h2 className="text-lg">{t('title')}</h2>
        <CartOrigin cart={current} here={here} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-5">
        <PriceChanges quote={quote} />
        <CartLines cart={current} quote={quote} />
      </div>
      <div className="border-line border-t px-5 py-4">
        <CartFoot cart={current} quote={quote} />
      </div>
    </>
  );
}

export function CartOrigin({ cart: { restaurant }, here }: { cart: Cart; here: string }) {
  const t = useTranslations('cart');
  return (
    <p className="text-quiet text-sm">
      {t.rich('from', {
        name: restaurant.name,
        restaurant: (name) =>
          restaurant.id === here ? (
            <bdi>{name}</bdi>
          ) : (
            <Link
              href={`/r/${restaurant.slug}`}
              className="font-medium text-accent-ink underline underline-offset-4"
            >
              <bdi>{name}</bdi>
            </Link>
          ),
      })}
    </p>
  );
}

export function CartFoot({ cart: current, quote }: { cart: Cart; quote: CartQuote | null }) {
  const t = useTranslations('cart');
  const { money } = useFormat();
  const { currency, minimumOrder } = current.restaurant;
  const subtotal = quote?.subtotal ?? cartSubtotal(current);
  const lacking = minimumOrder - subtotal;
  return (
    <div className="flex flex-col gap-3">
      <p className="flex justify-between gap-3 text-sm">
        <span className="text-quiet">{t('dishes')}</span>
        <span className="numerals font-medium">{money(subtotal, currency)}</span>
      </p>
      {lacking > 0 && (
        <p role="status" className="rounded-control bg-warn-soft px-3 py-2.5 text-sm text-warn-ink">
          {t('lacking', {
            amount: money(lacking, currency),
            minimum: money(minimumOrder, currency),
          })}
        </p>
      )}
      <LinkButton href="/checkout" variant={lacking > 0 ? 'secondary' : 'primary'} size="lg" full>
        {t('checkout')}
      </LinkButton>
    </div>
  );
}
