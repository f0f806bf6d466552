'use client';

import { ReceiptText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useNow } from '@/components/shared/clock';
import { LiveBadge } from '@/components/shared/live-badge';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { isOpenOrder } from '@/domain/order';
import type { CustomerView } from '@/domain/views';
import { useLiveCustomer } from '@/trpc/use-live-customer';
import { CurrentOrder } from './current-order';
import { PastOrder } from './past-order';

export function OrdersPage({ initial }: { initial: { view: CustomerView; cursor: string } }) {
  const t = useTranslations('orders');
  const { view, live } = useLiveCustomer(initial);
  const now = useNow(60);
  const current = view.cards.filter(({ order }) => isOpenOrder(order.status));
  const past = view.cards.filter(({ order }) => !isOpenOrder(order.status));

  return (
    <div className="mx-auto max-w-3xl px-4 pt-6 pb-20 sm:px-6">
      <div className="flex items-center justify-between gap-3">
        <h1 className="text-xl lg:text-2xl">{t('title')}</h1>
        <LiveBadge live={live} />
      </div>
      {view.cards.length === 0 && (
        <EmptyState
          icon={ReceiptText}
          title={t('none')}
          action={
            <LinkButton href="/" variant="primary">
              {t('seeRestaurants')}
            </LinkButton>
          }
        >
          {t('noneDetail')}
        </EmptyState>
      )}
      {current.length > 0 && (
        <section aria-labelledby="current-heading" className="mt-6">
          <h2 id="current-heading" className="mb-3 text-base">
            {t('current')}
          </h2>
          <ul className="flex flex-col gap-3">
            {current.map((card) => (
              <li key={card.order.id}>
                <CurrentOrder card={card} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {past.length > 0 && (
        <section aria-labelledby="past-heading" className="mt-9">
          <h2 id="past-heading" className="mb-1 text-base">
            {t('past')}
          </h2>
          <ul className="divide-y divide-line">
            {past.map((card) => (
              <li key={card.order.id}>
                <PastOrder card={card} now={now} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
