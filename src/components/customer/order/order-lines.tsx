import { formatMoney } from '@/domain/money';
import type { OrderView } from '@/domain/views';

/** What was ordered, in lines that add up. */
export function OrderLines({ view: { order, lines } }: { view: OrderView }) {
  const sums = [
    { name: 'Dishes', amount: order.subtotal },
    { name: 'Delivery', amount: order.deliveryFee },
    ...(order.tip > 0 ? [{ name: 'Tip', amount: order.tip }] : []),
  ];
  return (
    <section aria-labelledby="lines-heading" className="mt-8 border-line border-t pt-6">
      <h2 id="lines-heading" className="text-base">
        What you ordered
      </h2>
      <ul className="mt-3 flex flex-col gap-2.5">
        {lines.map((line) => (
          <li key={line.id} className="flex gap-3 text-sm">
            <span className="numerals w-6 shrink-0 text-quiet">{line.quantity} ×</span>
            <div className="min-w-0 flex-1">
              {line.name}
              {(line.options.length > 0 || line.note) && (
                <p className="text-quiet text-xs">
                  {[...line.options.map(({ name }) => name), line.note && `“${line.note}”`]
                    .filter(Boolean)
                    .join(', ')}
                </p>
              )}
            </div>
            <span className="numerals">{formatMoney(line.lineTotal, order.currency)}</span>
          </li>
        ))}
      </ul>
      <dl className="mt-4 flex flex-col gap-1.5 border-line border-t pt-4 text-sm">
        {sums.map(({ name, amount }) => (
          <div key={name} className="flex justify-between">
            <dt className="text-quiet">{name}</dt>
            <dd className="numerals">{formatMoney(amount, order.currency)}</dd>
          </div>
        ))}
        <div className="flex justify-between pt-1">
          <dt className="heading">Total, in cash</dt>
          <dd className="numerals heading">{formatMoney(order.total, order.currency)}</dd>
        </div>
      </dl>
      <p className="mt-4 text-quiet text-sm">
        To {order.dropoffAddress}
        {order.dropoffNote && ` · “${order.dropoffNote}”`}
      </p>
    </section>
  );
}
