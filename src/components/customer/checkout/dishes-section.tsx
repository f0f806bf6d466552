import { useTranslations } from 'next-intl';
import type { Cart } from '@/components/customer/cart/cart';
import { CartLines } from '@/components/customer/cart/cart-lines';
import { PriceChanges } from '@/components/customer/cart/price-changes';
import type { CartQuote } from '@/components/customer/cart/use-cart-quote';
import { Card } from '@/components/ui/card';
import type { RefusalWords } from '@/trpc/refusal';
import { Section } from './section';

type DishesSectionProps = { cart: Cart; quote: CartQuote | null; problem: RefusalWords | null };

export function DishesSection({ cart, quote, problem }: DishesSectionProps) {
  const t = useTranslations('checkout');
  // What is wrong with a line stands at the line.
  const atLine = problem?.data.itemId !== undefined;
  return (
    <Section title={t('dishes.title')} problem={atLine ? null : problem}>
      <div className="flex flex-col gap-3">
        <PriceChanges quote={quote} />
        <Card className="px-4">
          <CartLines cart={cart} quote={quote} />
        </Card>
      </div>
    </Section>
  );
}
