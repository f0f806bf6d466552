import { CirclePause, DoorClosed, DoorOpen } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';
import { Badge } from '@/components/ui/badge';
import { isOpenAt, isPaused, opensAt } from '@/domain/opening-hours';
import type { RestaurantImage } from '@/domain/restaurant';

type StatusProps = { restaurant: RestaurantImage; now: Date };

/** Open, closed or paused, in one word. */
export function RestaurantStatus({ restaurant, now }: StatusProps) {
  const t = useTranslations('admin.restaurants');
  if (isPaused(restaurant, now)) {
    return (
      <Badge tone="warn">
        <CirclePause aria-hidden="true" />
        {t('paused')}
      </Badge>
    );
  }
  const open = isOpenAt(restaurant, now);
  const Icon = open ? DoorOpen : DoorClosed;
  return (
    <Badge tone={open ? 'good' : 'neutral'}>
      <Icon aria-hidden="true" />
      {t(open ? 'open' : 'closed')}
    </Badge>
  );
}

/** When that ends, or null while it is open. */
export function useUntilWords(): (status: StatusProps) => string | null {
  const t = useTranslations('admin.restaurants');
  const { moment } = useFormat();
  return ({ restaurant, now }) => {
    if (isOpenAt(restaurant, now)) return null;
    const at = opensAt(restaurant, now);
    return at ? t('opens', { time: moment(at, now, restaurant.timeZone) }) : t('staysClosed');
  };
}
