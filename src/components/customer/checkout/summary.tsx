'use client';

import { useTranslations } from 'next-intl';
import { type Cart, cartSubtotal } from '@/components/customer/cart/cart';
import type { CartQuote } from '@/components/customer/cart/use-cart-quote';
import { useNow } from '@/components/shared/clock';
import { useFormat } from '@/components/shared/use-format';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import type { Viewer } from '@/domain/roles';
import type { Draft } from './draft';
import { OrderButton } from './order-button';
import { ProblemNote } from './problem-note';
import type { CheckoutState } from './use-checkout';

type SummaryProps = {
  cart: Cart;
  draft: Draft;
  viewer: Viewer | null;
  checkout: CheckoutState;
};

/** The sum in lines that add up, and the button that orders. */
export function Summary({ cart, draft, viewer, checkout }: SummaryProps) {
  const t = useTranslations('checkout');
  const { quote, settled, problems } = checkout;
  const [problem] = problems;
  return (
    <aside aria-label={t('sum.label')} className="max-lg:mt-8">
      <Card className="p-5 lg:sticky lg:top-20">
        <h2 className="text-lg">{t('sum.title')}</h2>
        {quote ? (
          <div className={cn('transition-opacity', !settled && 'opacity-50')}>
            <Sum quote={quote} />
            <Arrival quote={quote} draft={draft} />
          </div>
        ) : (
          <Pending cart={cart} failed={problem !== undefined} />
        )}
        <div className="max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-20 max-lg:border-line max-lg:border-t max-lg:bg-page/95 max-lg:px-4 max-lg:pt-3 max-lg:pb-[max(0.75rem,env(safe-area-inset-bottom))] max-lg:backdrop-blur-md lg:mt-5">
          {problem && <ProblemNote problem={problem} cart={cart} onRetry={checkout.retry} />}
          <OrderButton viewer={viewer} checkout={checkout} />
        </div>
      </Card>
    </aside>
  );
}

function Pending({ cart, failed }: { cart: Cart; failed: boolean }) {
  const t = useTranslations('checkout.sum');
  const { money } = useFormat();
  return (
    <dl className="mt-3 flex flex-col gap-2 text-sm">
      <Row name={t('dishes')} amount={money(cartSubtotal(cart), cart.restaurant.currency)} />
      {!failed && <Skeleton className="h-16" />}
    </dl>
  );
}

function Sum({ quote }: { quote: CartQuote }) {
  const t = useTranslations('checkout.sum');
  const { money, distance, number } = useFormat();
  const say = (amount: number) => money(amount, quote.currency);
  const percent = number(quote.taxBp / 100);
  const fee = quote.deliveryFee - quote.surcharge;
  return (
    <>
      <dl className="mt-3 flex flex-col gap-2 text-sm">
        <Row name={t('dishes')} amount={say(quote.subtotal)} />
        {quote.promo && quote.discount > 0 && (
          <Row
            name={t('discount', { code: quote.promo.code })}
            amount={`−${say(quote.discount)}`}
            className="text-good-ink"
          />
        )}
        {quote.deliveryFee > 0 && (
          <Row name={t('delivery', { distance: distance(quote.distanceM) })} amount={say(fee)} />
        )}
        {quote.surcharge > 0 && <Row name={t('surcharge')} amount={say(quote.surcharge)} />}
        {quote.tip > 0 && <Row name={t('tip')} amount={say(quote.tip)} />}
        {!quote.taxIncluded && quote.tax > 0 && (
          <Row name={t('tax', { percent })} amount={say(quote.tax)} />
        )}
        <div className="mt-1 flex items-baseline justify-between gap-3 border-line border-t pt-3">
          <dt className="heading text-base">{t('total')}</dt>
          <dd className="numerals heading text-lg">{say(quote.total)}</dd>
        </div>
      </dl>
      {quote.taxIncluded && quote.tax > 0 && (
        <p className="numerals mt-1 text-end text-faint text-xs">
          {t('taxIncluded', { percent, amount: say(quote.tax) })}
        </p>
      )}
    </>
  );
}

function Row({ name, amount, className }: { name: string; amount: string; className?: string }) {
  return (
    <div className={cn('flex justify-between gap-3', className)}>
      <dt className={className ? undefined : 'text-quiet'}>{name}</dt>
      <dd className="numerals">{amount}</dd>
    </div>
  );
}

function Arrival({ quote, draft }: { quote: CartQuote; draft: Draft }) {
  const t = useTranslations('checkout.sum');
  const now = useNow(60);
  const { window, moment, clock } = useFormat();
  const fetched = draft.fulfilment === 'pickup';
  if (quote.obstacles.length > 0 || (draft.later && !quote.slot)) return null;
  const time = quote.slot
    ? `${moment(quote.slot.from, now, quote.timeZone)}–${clock(quote.slot.to, quote.timeZone)}`
    : window(quote.etaMinutes);
  const key = quote.slot ? (fetched ? 'readySlot' : 'doorSlot') : fetched ? 'readyIn' : 'doorIn';
  return (
    <p aria-live="polite" className="numerals mt-3 text-quiet text-sm">
      {t(key, { time })}
    </p>
  );
}
