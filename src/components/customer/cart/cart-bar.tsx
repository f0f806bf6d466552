'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import { type Cart, cart, cartCount, cartSubtotal } from './cart';
import { CartLines } from './cart-lines';
import { CartFoot, CartOrigin } from './cart-panel';
import { PriceChanges } from './price-changes';
import { useCartQuote } from './use-cart-quote';

/** The cart on a phone: a bar at the bottom that opens a sheet. */
export function CartBar({ here }: { here: string }) {
  const current = cart.use();
  return current && <Bar cart={current} here={here} />;
}

function Bar({ cart: current, here }: { cart: Cart; here: string }) {
  const t = useTranslations('cart');
  const { money } = useFormat();
  const { quote } = useCartQuote(current);
  const [open, setOpen] = useState(false);
  const count = cartCount(current);
  return (
    <div className="lg:hidden">
      <div className="fixed inset-x-0 bottom-0 z-20 border-line border-t bg-page/95 px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] backdrop-blur-md">
        <Button
          variant="primary"
          size="thumb"
          full
          onClick={() => setOpen(true)}
          aria-label={t('view', { count })}
        >
          <span className="numerals grid size-6 place-items-center rounded-full bg-on-accent/20 text-sm">
            {count}
          </span>
          <span>{t('viewShort')}</span>
          <span className="numerals ms-auto">
            {money(quote?.subtotal ?? cartSubtotal(current), current.restaurant.currency)}
          </span>
        </Button>
      </div>
      <Sheet
        open={open}
        onOpenChange={setOpen}
        title={t('title')}
        footer={<CartFoot cart={current} quote={quote} />}
      >
        <CartOrigin cart={current} here={here} />
        <PriceChanges quote={quote} />
        <CartLines cart={current} quote={quote} />
      </Sheet>
    </div>
  );
}
