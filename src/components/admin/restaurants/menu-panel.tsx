'use client';

import { UtensilsCrossed } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LoadingLabel } from '@/components/shared/loading-label';
import { Money } from '@/components/shared/money';
import { useAction } from '@/components/shared/use-action';
import { useRefusal } from '@/components/shared/use-refusal';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { Switch } from '@/components/ui/switch';
import type { MenuItem } from '@/domain/menu';
import type { RestaurantImage } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';

/** What a kitchen cooks, with a switch beside each dish. */
export function MenuPanel({ restaurant }: { restaurant: RestaurantImage }) {
  const t = useTranslations('admin.menu');
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
        <section key={section.id} aria-labelledby={`menu-${section.id}`} className="mt-6">
          <h3 id={`menu-${section.id}`} className="text-sm tracking-normal">
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
  const t = useTranslations('admin.menu');
  const [wanted, setWanted] = useState<boolean | null>(null);
  const settle = { onDone: () => setWanted(null) };
  const { run, pending } = useAction(trpc.restaurants.setSoldOut.useMutation(), settle);
  const soldOut = pending && wanted !== null ? wanted : item.soldOut;
  return (
    <li className="flex min-h-14 items-center gap-4">
      <div className="min-w-0 flex-1">
        <p
          dir="auto"
          className={cn('truncate text-sm', soldOut ? 'text-faint line-through' : 'font-medium')}
        >
          {item.name}
        </p>
        <Money amount={item.price} currency={currency} className="block text-quiet text-xs" />
      </div>
      <Switch
        checked={soldOut}
        onChange={(next) => {
          setWanted(next);
          run({ itemId: item.id, soldOut: next });
        }}
        label={
          <>
            <span aria-hidden="true">{t('soldOut')}</span>
            <span className="sr-only">{t('soldOutName', { name: item.name })}</span>
          </>
        }
        className="flex-row-reverse text-quiet"
      />
    </li>
  );
}
