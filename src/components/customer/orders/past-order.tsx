'use client';

import { RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useReorder } from '@/components/customer/order/use-reorder';
import { LinkPending } from '@/components/shared/link-pending';
import { StatusPill } from '@/components/shared/status-pill';
import { headlineWord } from '@/components/shared/status-words';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import { QuietLink } from '@/components/ui/quiet-link';
import type { OrderCard } from '@/domain/views';

export function PastOrder({ card, now }: { card: OrderCard; now: Date }) {
  const { order } = card;
  const t = useTranslations('orders');
  const format = useFormat();
  const again = useReorder(order.id);
  return (
    <article className="relative -mx-3 flex items-center gap-3 rounded-control px-3 py-3.5 transition-colors hover:bg-hover sm:gap-5">
      <div className="min-w-0 flex-1">
        <h3 dir="auto" className="truncate text-base">
          <QuietLink
            href={`/orders/${order.id}`}
            className="after:absolute after:inset-0 after:rounded-control"
          >
            {order.restaurantName}
            <LinkPending />
          </QuietLink>
        </h3>
        <p suppressHydrationWarning className="numerals mt-0.5 text-quiet text-sm">
          {t('placedAt', {
            day: format.day(order.placedAt, now, order.timeZone),
            time: format.clock(order.placedAt, order.timeZone),
            dishes: t('dishes', { count: order.itemCount }),
          })}
        </p>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1.5">
        <span className="numerals font-medium text-sm">
          {format.money(order.total, order.currency)}
        </span>
        <StatusPill status={headlineWord(card)} size="sm" />
      </div>
      <Button
        size="icon"
        loading={again.pending}
        onClick={again.run}
        aria-label={t('again', { restaurant: order.restaurantName, number: String(order.number) })}
        title={t('orderAgain')}
        className="relative z-10 shrink-0"
      >
        <RotateCcw aria-hidden="true" />
      </Button>
      {again.dialog}
    </article>
  );
}
