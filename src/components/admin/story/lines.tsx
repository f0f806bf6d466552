import { useAdminWords } from '@/components/admin/use-admin-words';
import { Money } from '@/components/shared/money';
import { sumsOf } from '@/components/shared/order-sums';
import { RefundLines } from '@/components/shared/refund-lines';
import type { OrderView } from '@/domain/views';

/** What was ordered, and how its price adds up. */
export function Lines({ view: { order, lines } }: { view: OrderView }) {
  const { t, shared } = useAdminWords();
  const { parts, after } = sumsOf(order);
  return (
    <div className="text-sm">
      <ul className="flex flex-col gap-2">
        {lines.map((line) => (
          <li key={line.id} className="flex gap-2.5">
            <span className="numerals w-6 shrink-0 text-quiet">{line.quantity} ×</span>
            <span className="min-w-0 flex-1">
              <bdi>{line.name}</bdi>
              {(line.options.length > 0 || line.note) && (
                <span dir="auto" className="block text-quiet text-xs">
                  {[...line.options.map(({ name }) => name), line.note && `“${line.note}”`]
                    .filter(Boolean)
                    .join(', ')}
                </span>
              )}
            </span>
            <Money amount={line.lineTotal} currency={order.currency} />
          </li>
        ))}
      </ul>
      <dl className="mt-2.5 flex flex-col gap-1.5 border-line border-t pt-2.5">
        {parts.length > 1 &&
          parts.map(({ key, amount }) => (
            <Sum key={key} name={t(`story.sum.${key}`)} amount={amount} of={order} />
          ))}
        <div className="flex items-baseline justify-between gap-3">
          <dt className="heading">
            {t('story.total')}{' '}
            <span className="font-normal text-quiet text-xs tracking-normal">
              {shared(`payment.${order.paymentMethod}.${order.paymentStatus}`)}
            </span>
          </dt>
          <dd>
            <Money amount={order.total} currency={order.currency} className="heading" />
          </dd>
        </div>
        {after.map(({ key, amount }) => (
          <Sum key={key} name={t(`story.sum.${key}`)} amount={amount} of={order} />
        ))}
        <RefundLines order={order} />
      </dl>
    </div>
  );
}

type SumProps = { name: string; amount: number; of: { currency: string } };

const Sum = ({ name, amount, of }: SumProps) => (
  <div className="flex justify-between gap-3">
    <dt className="text-quiet">{name}</dt>
    <dd>
      <Money amount={amount} currency={of.currency} />
    </dd>
  </div>
);
