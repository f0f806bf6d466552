'use client';

import { UtensilsCrossed } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { LoadingLabel } from '@/components/shared/loading-label';
import { Money } from '@/components/shared/money';
import { useRefusal } from '@/components/shared/use-refusal';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import type { MenuItem } from '@/domain/menu';
import type { RestaurantImage } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';
import { SoldOutSwitch } from './sold-out-switch';
import { useSoldOut } from './use-sold-out';

/** What a kitchen cooks, with a switch beside each dish. */
export function StockList({ restaurant }: { restaurant: RestaurantImage }) {
  const t = useTranslations('kitchen.stock');
  const refusalOf = useRefusal();
  const { slug, currency } = restaurant;
  const { data, error, refetch, isFetching } = trpc.restaurants.get.useQuery({ slug });
  if (error && !data) {
    return (
      <ErrorState title={t('failed')} onRetry={() => void refetch()} retrying={isFetching}>
        {refusalOf(error).message} {refusalOf(error).hint}
      </ErrorState>
    );
  }
  if (!data) {
    return (
      <div className="flex flex-col gap-3 pt-4" aria-busy="true">
        <LoadingLabel />
        {['a', 'b', 'c', 'd', 'e'].map((key) => (
          <Skeleton key={key} className="h-12" />
        ))}
      </div>
    );
  }
  const items = data.menu.flatMap((section) => section.items);
  const gone = items.filter(({ soldOut }) => soldOut).length;
  if (items.length === 0) {
    return (
      <EmptyState icon={UtensilsCrossed} title={t('none')}>
        {t('noneDetail')}
      </EmptyState>
    );
  }
  return (
    <>
      <p className="numerals text-quiet text-sm" aria-live="polite">
        {gone === 0
          ? t('noneSoldOut', { count: items.length })
          : t('someSoldOut', { count: items.length, gone })}
      </p>
      {data.menu.map((section) => (
        <section key={section.id} aria-labelledby={`stock-${section.id}`} className="mt-6">
          <h3 id={`stock-${section.id}`} className="text-base tracking-normal">
            <bdi>{section.name}</bdi>
          </h3>
          <ul className="mt-1 divide-y divide-line">
            {section.items.map((item) => (
              <DishRow key={item.id} item={item} currency={currency} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function DishRow({ item, currency }: { item: MenuItem; currency: string }) {
  const { soldOut, set } = useSoldOut(item);
  return (
    <li className="flex min-h-14 items-center gap-4">
      <div className="min-w-0 flex-1">
        <p
          dir="auto"
          className={cn('truncate', soldOut ? 'text-faint line-through' : 'font-medium')}
        >
          {item.name}
        </p>
        <Money amount={item.price} currency={currency} className="block text-quiet text-xs" />
      </div>
      <SoldOutSwitch name={item.name} checked={soldOut} onChange={set} />
    </li>
  );
}
