'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { whoHasIt } from '@/components/customer/order/order-story';
import { useOrderEta } from '@/components/customer/order/use-order-eta';
import { StatusPill } from '@/components/shared/status-pill';
import { headlineWord } from '@/components/shared/status-words';
import { useFormat } from '@/components/shared/use-format';
import type { OrderCard } from '@/domain/views';

export function CurrentOrder({ card }: { card: OrderCard }) {
  const t = useTranslations('orders');
  const format = useFormat();
  const { order } = card;
  const eta = useOrderEta(order);
  const who = whoHasIt(card);
  return (
    <article className="relative flex items-center gap-4 rounded-card border border-line bg-raised p-4 transition-colors hover:border-edge">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h3 className="text-base">
            <Link
              href={`/orders/${order.id}`}
              className="after:absolute after:inset-0 after:rounded-card"
            >
              <bdi>{order.restaurantName}</bdi>{' '}
              <span className="numerals font-normal text-faint">#{order.number}</span>
            </Link>
          </h3>
          <StatusPill status={headlineWord(card)} />
        </div>
        <p className="mt-1.5 text-quiet text-sm">
          {who.title}. {who.detail}
        </p>
      </div>
      {eta && (
        <p suppressHydrationWarning className="numerals heading shrink-0 text-lg">
          {eta.minutes.to <= 1 ? t('now') : format.window(eta.minutes)}
        </p>
      )}
      <ChevronRight
        aria-hidden="true"
        className="size-5 shrink-0 text-faint max-sm:hidden rtl:-scale-x-100"
      />
    </article>
  );
}
