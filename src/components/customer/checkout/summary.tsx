'use client';

import { type Cart, cartSubtotal } from '@/components/customer/cart/cart';
import { distanceWords, windowWords } from '@/components/shared/time-words';
import { Button, LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import { formatMoney } from '@/domain/money';
import type { Viewer } from '@/domain/roles';
import { RefusalNote } from './refusal-note';
import type { useCheckout } from './use-checkout';

type SummaryProps = {
  cart: Cart;
  viewer: Viewer | null;
  checkout: ReturnType<typeof useCheckout>;
};

export function Summary({ cart, viewer, checkout }: SummaryProps) {
  const { quote, pricing, refused } = checkout;
  const { currency } = cart.restaurant;
  return (
    <aside aria-label="Your order" className="max-lg:mt-8">
      <Card className="p-5 lg:sticky lg:top-20">
        <h2 className="text-lg">The sum</h2>
        <dl
          className={cn(
            'mt-3 flex flex-col gap-2 text-sm transition-opacity',
            pricing && quote && 'opacity-50',
          )}
        >
          <Row name="Dishes" amount={quote?.subtotal ?? cartSubtotal(cart)} currency={currency} />
          {quote ? (
            <>
              <Row
                name={`Delivery, ${distanceWords(quote.distanceM)}`}
                amount={quote.deliveryFee}
                currency={currency}
              />
              {quote.tip > 0 && <Row name="Tip" amount={quote.tip} currency={currency} />}
              <div className="mt-1 flex items-baseline justify-between gap-3 border-line border-t pt-3">
                <dt className="heading text-base">Total</dt>
                <dd className="numerals heading text-lg">{formatMoney(quote.total, currency)}</dd>
              </div>
            </>
          ) : (
            !refused && <Skeleton className="h-16" />
          )}
        </dl>
        {quote && (
          <p className="numerals mt-3 text-quiet text-sm">
            At your door in {windowWords(quote.etaMinutes)}.
          </p>
        )}
        <div className="max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-20 max-lg:border-line max-lg:border-t max-lg:bg-page/95 max-lg:px-4 max-lg:pt-3 max-lg:pb-[max(0.75rem,env(safe-area-inset-bottom))] max-lg:backdrop-blur-md lg:mt-5">
          {refused && <RefusalNote refused={refused} cart={cart} onRetry={checkout.retry} />}
          <Action viewer={viewer} checkout={checkout} currency={currency} />
        </div>
      </Card>
    </aside>
  );
}

function Row({ name, amount, currency }: { name: string; amount: number; currency: string }) {
  return (
    <div className="flex justify-between gap-3">
      <dt className="text-quiet">{name}</dt>
      <dd className="numerals">{formatMoney(amount, currency)}</dd>
    </div>
  );
}

type ActionProps = Omit<SummaryProps, 'cart'> & { currency: string };

function Action({ viewer, checkout, currency }: ActionProps) {
  if (viewer?.role !== 'customer') {
    return (
      <>
        <LinkButton href="/sign-in?next=%2Fcheckout" variant="primary" size="thumb" full>
          Sign in to order
        </LinkButton>
        <p className="mt-2 text-center text-quiet text-xs">
          {viewer
            ? `You are signed in as ${viewer.role}; ordering needs a customer’s account.`
            : 'Your cart stays as it is.'}
        </p>
      </>
    );
  }
  const { quote, pricing, ordering } = checkout;
  return (
    <Button
      variant="primary"
      size="thumb"
      full
      loading={ordering}
      disabled={!quote || (pricing && !ordering)}
      onClick={checkout.order}
    >
      Place order
      {quote && <span className="numerals">· {formatMoney(quote.total, currency)}</span>}
    </Button>
  );
}
