'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { LoadingLabel } from '@/components/shared/loading-label';
import { PhoneForm } from '@/components/shared/phone-form';
import { PushSwitch } from '@/components/shared/pwa/push-switch';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { ErrorState } from '@/components/ui/error-state';
import { Sheet } from '@/components/ui/sheet';
import { Skeleton } from '@/components/ui/skeleton';
import { Switch } from '@/components/ui/switch';
import { isPaused } from '@/domain/opening-hours';
import type { RestaurantImage } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';

const PAUSES = [15, 30, 60] as const;

type ShopSheetProps = {
  restaurant: RestaurantImage;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** What the kitchen takes on: whether it is open, who says yes, and what there is. */
export function ShopSheet({ restaurant, open, onOpenChange }: ShopSheetProps) {
  const t = useTranslations('kitchen.shop');
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={t('title')} side="end">
      <Pause restaurant={restaurant} />
      <AutoAccept restaurant={restaurant} />
      <section aria-labelledby="shop-push" className="mt-6 border-line border-t pt-4">
        <h3 id="shop-push" className="mb-2 text-base tracking-normal">
          {t('away')}
        </h3>
        <PushSwitch />
        <OwnPhone />
      </section>
      <SoldOutList restaurant={restaurant} />
    </Sheet>
  );
}

/** Where an SMS goes when nobody at the tablet has seen something. */
function OwnPhone() {
  const t = useTranslations('kitchen.shop');
  const { data } = trpc.notices.phone.useQuery();
  if (data === undefined) return null;
  return (
    <div className="mt-4">
      <PhoneForm initial={data} detail={t('phone')} />
    </div>
  );
}

function Pause({ restaurant }: { restaurant: RestaurantImage }) {
  const t = useTranslations('kitchen.shop');
  const format = useFormat();
  const now = useNow(10);
  const pause = useAction(trpc.kitchen.pause.useMutation());
  const { id, pausedUntil, timeZone } = restaurant;
  const paused = isPaused(restaurant, now);
  return (
    <section aria-labelledby="shop-pause">
      <h3 id="shop-pause" className="text-base tracking-normal">
        {t('orders')}
      </h3>
      <p className="numerals mt-0.5 text-quiet text-sm" aria-live="polite">
        {paused && pausedUntil
          ? t('pausedUntil', { time: format.moment(pausedUntil, now, timeZone) })
          : t('taking')}
      </p>
      <div className="mt-3 grid grid-cols-3 gap-2">
        {paused ? (
          <Button
            size="thumb"
            variant="primary"
            loading={pause.pending}
            onClick={() => pause.run({ restaurantId: id, minutes: null })}
            className="col-span-3"
          >
            {t('reopen')}
          </Button>
        ) : (
          PAUSES.map((minutes) => (
            <Button
              key={minutes}
              size="thumb"
              disabled={pause.pending}
              aria-label={t('pauseFor', { minutes: format.minutes(minutes) })}
              onClick={() => pause.run({ restaurantId: id, minutes })}
              className="numerals px-2"
            >
              {format.minutes(minutes)}
            </Button>
          ))
        )}
      </div>
    </section>
  );
}

function AutoAccept({ restaurant }: { restaurant: RestaurantImage }) {
  const t = useTranslations('kitchen.shop');
  const set = useAction(trpc.kitchen.setAutoAccept.useMutation());
  return (
    <section className="mt-6 border-line border-t pt-4">
      <Switch
        checked={restaurant.autoAccept}
        disabled={set.pending}
        onChange={(autoAccept) => set.run({ restaurantId: restaurant.id, autoAccept })}
        label={<span className="font-medium text-base">{t('autoAccept')}</span>}
      />
      <p className="text-quiet text-sm">
        {t(restaurant.autoAccept ? 'autoAcceptOn' : 'autoAcceptOff')}
      </p>
    </section>
  );
}

function SoldOutList({ restaurant: { slug } }: { restaurant: RestaurantImage }) {
  const t = useTranslations('kitchen.shop');
  const refusalOf = useRefusal();
  const { data, error, refetch, isFetching } = trpc.restaurants.get.useQuery({ slug });
  if (error && !data) {
    return (
      <ErrorState title={t('menuFailed')} onRetry={() => void refetch()} retrying={isFetching}>
        {refusalOf(error).message} {refusalOf(error).hint}
      </ErrorState>
    );
  }
  if (!data) {
    return (
      <div className="mt-6 flex flex-col gap-3" aria-busy="true">
        <LoadingLabel />
        {['a', 'b', 'c', 'd'].map((key) => (
          <Skeleton key={key} className="h-12" />
        ))}
      </div>
    );
  }
  return data.menu.map((section) => (
    <section key={section.id} aria-labelledby={`shop-${section.id}`} className="mt-6">
      <h3 id={`shop-${section.id}`} className="text-base tracking-normal">
        <bdi>{section.name}</bdi>
      </h3>
      <ul className="mt-1 divide-y divide-line">
        {section.items.map((item) => (
          <Dish key={item.id} item={item} />
        ))}
      </ul>
    </section>
  ));
}

function Dish({ item }: { item: { id: string; name: string; soldOut: boolean } }) {
  const t = useTranslations('kitchen.shop');
  const [wanted, setWanted] = useState<boolean | null>(null);
  const settle = { onDone: () => setWanted(null) };
  const { run, pending } = useAction(trpc.kitchen.setSoldOut.useMutation(), settle);
  const soldOut = pending && wanted !== null ? wanted : item.soldOut;
  return (
    <li className="flex min-h-14 items-center gap-4">
      <span
        dir="auto"
        className={cn(
          'min-w-0 flex-1 truncate',
          soldOut ? 'text-faint line-through' : 'font-medium',
        )}
      >
        {item.name}
      </span>
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
