'use client';

import { BellRing, Settings2, VolumeX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LiveBadge } from '@/components/shared/live-badge';
import { useWakeLock } from '@/components/shared/use-wake-lock';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Segmented } from '@/components/ui/segmented';
import {
  KITCHEN_COLUMNS,
  type KitchenColumn,
  type KitchenView,
  kitchenColumnOf,
} from '@/domain/kitchen-view';
import { loudness } from '@/domain/must-see';
import { trpc } from '@/trpc/client';
import type { Snapshot } from '@/trpc/live';
import { useCounterArrivals, useLiveKitchen } from '@/trpc/use-live-kitchen';
import { KitchenColumnList } from './kitchen-column';
import { ShopSheet } from './shop-sheet';
import { useBell } from './use-bell';

/** The tablet at the pass: what is new, what is on the stove, what waits for its courier. */
export function KitchenPage({ initial }: { initial: Snapshot<KitchenView> }) {
  const t = useTranslations('kitchen');
  const utils = trpc.useUtils();
  const { view, live } = useLiveKitchen(initial, ({ data }) => {
    if (data.menuItem) void utils.restaurants.get.invalidate();
  });
  const { restaurant, cards, mustSees, lines } = view;
  const arrivals = useCounterArrivals(restaurant.slug);
  const [column, setColumn] = useState<KitchenColumn>('new');
  const [shop, setShop] = useState(false);

  const tickets = cards.flatMap((card) => {
    const at = kitchenColumnOf(card, mustSees);
    const toSee = mustSees.filter(({ orderId }) => orderId === card.order.id);
    return at ? [{ card, at, toSee }] : [];
  });
  const unseen = tickets.flatMap(({ toSee }) => toSee);
  const loud = loudness(unseen);
  const bell = useBell(loud);
  useWakeLock(true);
  const inColumn = (id: KitchenColumn) => tickets.filter(({ at }) => at === id);

  return (
    <div
      data-full-window
      data-bell={loud}
      className="flex h-[calc(100dvh-3.5rem)] flex-col bg-page"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-6">
        <h1 className="min-w-0 truncate text-xl">
          <bdi>{restaurant.name}</bdi>
        </h1>
        <LiveBadge live={live} timeZone={restaurant.timeZone} />
        <p
          role="status"
          className={cn(
            'numerals flex items-center gap-2 font-medium text-sm',
            loud === 'loud' ? 'text-bad-ink' : 'text-accent-ink',
          )}
        >
          {unseen.length > 0 && (
            <>
              <BellRing aria-hidden="true" className="size-5 animate-breathe" />
              {t('unseen', { count: unseen.length })}
            </>
          )}
        </p>
        <Button size="lg" onClick={() => setShop(true)} className="ms-auto">
          <Settings2 aria-hidden="true" />
          {t('shop.open')}
        </Button>
      </div>
      {!bell.allowed && (
        <button
          type="button"
          onClick={bell.allow}
          className="mx-4 mb-3 flex min-h-14 items-center gap-3 rounded-control bg-warn-soft px-4 py-3 text-start font-medium text-base text-warn-ink sm:mx-6"
        >
          <VolumeX aria-hidden="true" className="size-6 shrink-0" />
          {t('allowSound')}
        </button>
      )}
      <div className="px-4 pb-3 md:hidden">
        <Segmented
          label={t('show')}
          value={column}
          onChange={setColumn}
          segments={KITCHEN_COLUMNS.map((id) => ({
            value: id,
            label: (
              <>
                {t(`column.${id}.title`)}
                <span className="numerals text-quiet">{inColumn(id).length}</span>
              </>
            ),
          }))}
        />
      </div>
      <div className="grid min-h-0 flex-1 gap-3 px-4 pb-4 sm:px-6 md:grid-cols-3">
        {KITCHEN_COLUMNS.map((id) => (
          <KitchenColumnList
            key={id}
            id={id}
            tickets={inColumn(id)}
            lines={lines}
            arrivals={arrivals}
            className={cn(id !== column && 'max-md:hidden')}
          />
        ))}
      </div>
      <ShopSheet restaurant={restaurant} open={shop} onOpenChange={setShop} />
    </div>
  );
}
