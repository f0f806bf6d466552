'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { whoHasIt } from '@/components/customer/order/order-story';
import { useOrderEta } from '@/components/customer/order/use-order-eta';
import { useOrderWords } from '@/components/customer/order/use-order-words';
import { useNow } from '@/components/shared/clock';
import { LinkPending } from '@/components/shared/link-pending';
import { StatusPill } from '@/components/shared/status-pill';
import { headlineWord } from '@/components/shared/status-words';
import { QuietLink } from '@/components/ui/quiet-link';
import type { OrderCard } from '@/domain/views';

export function CurrentOrder({ card }: { card: OrderCard }) {
  const t = useTranslations('orders');
  const words = useOrderWords();
  const { format } = words;
  const { order } = card;
  const eta = useOrderEta(card);
  const who = whoHasIt(card, words, useNow(10));
  return (
    <article className="relative flex items-center gap-4 rounded-card border border-line bg-raised p-4 transition-colors hover:border-edge">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h3 className="text-base">
            <QuietLink
              href={`/orders/${order.id}`}
              className="after:absolute after:inset-0 after:rounded-card"
            >
              <bdi>{order.restaurantName}</bdi>{' '}
              <span className="numerals font-normal text-faint">#{order.number}</span>
              <LinkPending />
            </QuietLink>
          </h3>
          <StatusPill status={headlineWord(card)} />
        </div>
        <p className="mt-1.5 text-quiet text-sm">
          {who.title}. {who.detail}
        </p>
      </div>
      {eta && (
        <div suppressHydrationWarning className="numerals shrink-0 text-end">
          <p className="heading text-lg">
            {eta.slot?.clock ?? (eta.minutes.to <= 1 ? t('now') : format.window(eta.minutes))}
          </p>
          {eta.slot && <p className="text-quiet text-xs">{eta.slot.day}</p>}
          {eta.late && <p className="font-medium text-warn-ink text-xs">{t('late')}</p>}
        </div>
      )}
      <ChevronRight
        aria-hidden="true"
        className="size-5 shrink-0 text-faint max-sm:hidden rtl:-scale-x-100"
      />
    </article>
  );
}
