'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Stepper } from '@/components/ui/stepper';
import { type Cart, type CartEntry, lineKey, reduceTo, setQuantity } from './cart';
import { type CartQuote, type QuotedLine, quoteOf } from './use-cart-quote';
import { useObstacleWords } from './use-obstacle-words';

/** The dishes with their quantities, to be changed in place; what can't be ordered says so. */
export function CartLines({ cart, quote }: { cart: Cart; quote: CartQuote | null }) {
  return (
    <ul className="divide-y divide-line">
      {cart.lines.map((line, index) => (
        <Line
          key={lineKey(line)}
          line={line}
          quoted={quoteOf(quote, cart, index)}
          currency={cart.restaurant.currency}
        />
      ))}
    </ul>
  );
}

type LineProps = { line: CartEntry; quoted: QuotedLine | null; currency: string };

function Line({ line, quoted, currency }: LineProps) {
  const { money } = useFormat();
  const key = lineKey(line);
  const details = [...line.optionNames, line.note && `“${line.note}”`].filter(Boolean);
  const refused = quoted?.refused ?? null;
  const now = quoted?.unitPrice ?? line.unitPrice;
  return (
    <li className="py-3.5">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className={cn('font-medium text-sm', refused && 'text-quiet line-through')}>
            <bdi>{line.name}</bdi>
          </p>
          {details.length > 0 && (
            <p className="mt-0.5 text-pretty text-quiet text-xs">
              <bdi>{details.join(', ')}</bdi>
            </p>
          )}
          {!refused && (
            <p className="numerals mt-1 text-sm">
              {now !== line.unitPrice && (
                <s className="me-2 text-faint">{money(line.unitPrice * line.quantity, currency)}</s>
              )}
              {money(now * line.quantity, currency)}
            </p>
          )}
        </div>
        <Stepper
          label={line.name}
          value={line.quantity}
          min={0}
          onChange={(quantity) => setQuantity(key, quantity)}
        />
      </div>
      {refused && <Problem line={line} refused={refused} />}
    </li>
  );
}

function Problem({
  line,
  refused,
}: {
  line: CartEntry;
  refused: NonNullable<QuotedLine['refused']>;
}) {
  const t = useTranslations('cart');
  const words = useObstacleWords()(refused);
  const left = refused.reason === 'item_short' ? Number(refused.data?.left) : 0;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-control bg-bad-soft py-1.5 ps-3 pe-1.5 text-bad-ink text-sm">
      <CircleAlert aria-hidden="true" className="size-4 shrink-0" />
      <p className="min-w-40 flex-1">{words.message}</p>
      <Button
        size="sm"
        onClick={() => (left > 0 ? reduceTo(line.itemId, left) : setQuantity(lineKey(line), 0))}
      >
        {left > 0 ? t('line.take', { count: left }) : t('line.takeOut')}
      </Button>
    </div>
  );
}
