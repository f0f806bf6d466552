import { useTranslations } from 'next-intl';
import { Money } from '@/components/shared/money';
import type { OrderImage } from '@/domain/order';

/** What was given back of an order, part by part, as lines of a list of sums. */
export function RefundLines({ order }: { order: Pick<OrderImage, 'refunds' | 'currency'> }) {
  const t = useTranslations('shared.refund');
  const reasons = useTranslations('reasons.refund');
  return order.refunds.map(({ id, amount, reason, doneAt }) => (
    <div key={id} className="flex justify-between gap-4">
      <dt className="text-quiet">{t(doneAt ? 'given' : 'asked', { reason: reasons(reason) })}</dt>
      <dd>
        <Money amount={-amount} currency={order.currency} />
      </dd>
    </div>
  ));
}
