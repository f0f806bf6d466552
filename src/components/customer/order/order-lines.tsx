import { useTranslations } from 'next-intl';
import { Money } from '@/components/shared/money';
import { sumsOf } from '@/components/shared/order-sums';
import { RefundLines } from '@/components/shared/refund-lines';
import type { OrderImage } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { useOrderWords } from './use-order-words';

/** What was ordered, in lines that add up. */
export function OrderLines({ view: { order, lines } }: { view: OrderView }) {
  const { t } = useOrderWords();
  return (
    <section aria-labelledby="lines-heading" className="mt-8 border-line border-t pt-6">
      <h2 id="lines-heading" className="text-base">
        {t('lines.title')}
      </h2>
      <ul className="mt-3 flex flex-col gap-2.5">
        {lines.map((line) => (
          <li key={line.id} className="flex gap-3 text-sm">
            <span className="numerals w-6 shrink-0 text-quiet">
              {t('lines.quantity', { count: String(line.quantity) })}
            </span>
            <div className="min-w-0 flex-1">
              <bdi>{line.name}</bdi>
              <LineDetails line={line} />
            </div>
            <Money amount={line.lineTotal} currency={order.currency} />
          </li>
        ))}
      </ul>
      <Sums order={order} />
      <p className="mt-4 text-quiet text-sm">
        {order.fulfilment === 'pickup'
          ? t('lines.fetchAt', { address: order.pickupAddress })
          : t('lines.to', { address: order.dropoffAddress })}
        {order.dropoffNote && (
          <>
            {' · '}
            <bdi>{t('lines.note', { note: order.dropoffNote })}</bdi>
          </>
        )}
      </p>
    </section>
  );
}

/** The options of a line and what was noted on it. */
export function LineDetails({ line }: { line: OrderView['lines'][number] }) {
  const { t, format } = useOrderWords();
  const details = [
    ...line.options.map(({ name }) => name),
    ...(line.note ? [t('lines.note', { note: line.note })] : []),
  ];
  if (details.length === 0) return null;
  return (
    <p dir="auto" className="text-pretty text-quiet text-xs">
      {format.list(details)}
    </p>
  );
}

/** From the dishes to the total, and what came on top of it or was kept. */
export function Sums({ order }: { order: OrderImage }) {
  const { t, format } = useOrderWords();
  const paid = useTranslations('shared.payment');
  const { currency } = order;
  const { parts, after } = sumsOf(order);
  const nameOf = (key: (typeof parts)[number]['key']) =>
    key === 'discount' && order.promoCode
      ? t('lines.discountCode', { code: order.promoCode })
      : t(`lines.${key}`);
  return (
    <dl className="mt-4 flex flex-col gap-1.5 border-line border-t pt-4 text-sm">
      {parts.map(({ key, amount }) => (
        <div key={key} className="flex justify-between gap-4">
          <dt className="text-quiet">{nameOf(key)}</dt>
          <dd>
            <Money amount={amount} currency={currency} />
          </dd>
        </div>
      ))}
      <div className="flex items-baseline justify-between gap-4 pt-1">
        <dt className="heading">
          {t('lines.total')}
          <span className="block font-normal text-quiet text-xs tracking-normal">
            {order.cancelFee > 0
              ? paid('feeOnly')
              : paid(`${order.paymentMethod}.${order.paymentStatus}`)}
            {order.taxIncluded && order.tax > 0 && (
              <> · {t('lines.includedTax', { amount: format.money(order.tax, currency) })}</>
            )}
          </span>
        </dt>
        <dd>
          <Money amount={order.total} currency={currency} className="heading" />
        </dd>
      </div>
      {after.map(({ key, amount }) => (
        <div key={key} className="flex justify-between gap-4">
          <dt className="text-quiet">{t(`lines.${key}`)}</dt>
          <dd>
            <Money amount={amount} currency={currency} />
          </dd>
        </div>
      ))}
      <RefundLines order={order} />
    </dl>
  );
}
