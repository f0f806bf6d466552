import Link from 'next/link';
import { StatusPill } from '@/components/shared/status-pill';
import { headlineWord } from '@/components/shared/status-words';
import { clockWords, dayWords } from '@/components/shared/time-words';
import { formatMoney } from '@/domain/money';
import type { OrderCard } from '@/domain/views';

export function PastOrder({ card, now }: { card: OrderCard; now: Date }) {
  const { order } = card;
  const dishes = order.itemCount === 1 ? '1 dish' : `${order.itemCount} dishes`;
  return (
    <article className="relative -mx-3 flex items-center gap-4 rounded-control px-3 py-3.5 transition-colors hover:bg-hover">
      <div className="min-w-0 flex-1">
        <h3 className="truncate text-base">
          <Link
            href={`/orders/${order.id}`}
            className="after:absolute after:inset-0 after:rounded-control"
          >
            {order.restaurantName}
          </Link>
        </h3>
        <p suppressHydrationWarning className="numerals mt-0.5 text-quiet text-sm">
          {dayWords(order.placedAt, now, order.timeZone)},{' '}
          {clockWords(order.placedAt, order.timeZone)} · {dishes}
        </p>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1.5">
        <span className="numerals font-medium text-sm">
          {formatMoney(order.total, order.currency)}
        </span>
        <StatusPill status={headlineWord(card)} size="sm" />
      </div>
    </article>
  );
}
