import { Banknote } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Money } from '@/components/shared/money';
import { useFormat } from '@/components/shared/use-format';

type CashToHandInProps = {
  cash: readonly { currency: string; amount: number; orders: number; since: string }[];
};

/** What was collected at doors and belongs to the platform. */
export function CashToHandIn({ cash }: CashToHandInProps) {
  const t = useTranslations('driver.cash');
  const format = useFormat();
  return cash.map(({ currency, amount, orders, since }) => (
    <section
      key={currency}
      aria-label={t('title')}
      className="mt-5 mb-4 flex items-center gap-4 rounded-card bg-warn-soft px-5 py-4 text-warn-ink"
    >
      <Banknote aria-hidden="true" className="size-6 shrink-0" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-base">{t('title')}</p>
        <p className="numerals text-sm">
          {t('detail', { count: orders, date: format.fullDate(since) })}
        </p>
      </div>
      <Money amount={amount} currency={currency} className="heading text-lg" />
    </section>
  ));
}
