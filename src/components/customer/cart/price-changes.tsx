'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import { acceptPrices } from './cart';
import type { CartQuote } from './use-cart-quote';

/** Says which prices have changed since they were seen; the new ones count once that is confirmed. */
export function PriceChanges({ quote }: { quote: CartQuote | null }) {
  const t = useTranslations('cart.prices');
  const { money } = useFormat();
  if (!quote || quote.priceChanges.length === 0) return null;
  return (
    <div role="status" className="rounded-control bg-warn-soft p-3 text-sm text-warn-ink">
      <p className="flex items-start gap-2 font-medium">
        <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        {t('title', { count: quote.priceChanges.length })}
      </p>
      <ul className="mt-1.5 flex flex-col gap-1 ps-6">
        {quote.priceChanges.map(({ itemId, name, was, now }) => (
          <li key={`${itemId} ${was} ${now}`} className="numerals">
            {t('change', {
              name,
              now: money(now, quote.currency),
              was: money(was, quote.currency),
            })}
          </li>
        ))}
      </ul>
      <Button
        size="sm"
        className="ms-6 mt-2.5"
        onClick={() => acceptPrices(quote.lines.map(({ unitPrice }) => unitPrice))}
      >
        {t('accept')}
      </Button>
    </div>
  );
}
