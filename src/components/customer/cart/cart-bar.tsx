'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import { formatMoney } from '@/domain/money';
import { cart, cartCount, cartSubtotal } from './cart';
import { CartLines } from './cart-lines';
import { CartFoot, CartOrigin } from './cart-panel';

/** The cart on a phone: a bar at the bottom that opens a sheet. */
export function CartBar({ here }: { here: string }) {
  const current = cart.use();
  const [open, setOpen] = useState(false);
  if (!current) return null;
  const count = cartCount(current);
  return (
    <div className="lg:hidden">
      <div className="fixed inset-x-0 bottom-0 z-20 border-line border-t bg-page/95 px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] backdrop-blur-md">
        <Button
          variant="primary"
          size="thumb"
          full
          onClick={() => setOpen(true)}
          aria-label={`View cart, ${count} ${count === 1 ? 'dish' : 'dishes'}`}
        >
          <span className="numerals grid size-6 place-items-center rounded-full bg-on-accent/20 text-sm">
            {count}
          </span>
          <span>View cart</span>
          <span className="numerals ml-auto">
            {formatMoney(cartSubtotal(current), current.restaurant.currency)}
          </span>
        </Button>
      </div>
      <Sheet
        open={open}
        onOpenChange={setOpen}
        title="Your cart"
        footer={<CartFoot cart={current} />}
      >
        <CartOrigin cart={current} here={here} />
        <CartLines cart={current} />
      </Sheet>
    </div>
  );
}
