'use client';

import { useTranslations } from 'next-intl';
import { useNow } from '@/components/shared/clock';
import { StockList } from '@/components/shared/kitchen/stock-list';
import { PhoneForm } from '@/components/shared/phone-form';
import { PushSwitch } from '@/components/shared/pwa/push-switch';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
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
      <div className="mt-6 border-line border-t pt-4">
        <StockList restaurant={restaurant} />
      </div>
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
