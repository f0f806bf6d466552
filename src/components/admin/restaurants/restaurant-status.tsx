import { CirclePause, DoorClosed, DoorOpen } from 'lucide-react';
import { momentWords } from '@/components/shared/time-words';
import { Badge } from '@/components/ui/badge';
import { isOpenAt, isPaused, opensAt } from '@/domain/opening-hours';
import type { RestaurantImage } from '@/domain/restaurant';

type StatusProps = { restaurant: RestaurantImage; now: Date };

/** Open, closed or paused, in one word. */
export function RestaurantStatus({ restaurant, now }: StatusProps) {
  if (isPaused(restaurant, now)) {
    return (
      <Badge tone="warn">
        <CirclePause aria-hidden="true" />
        Paused
      </Badge>
    );
  }
  const open = isOpenAt(restaurant, now);
  const Icon = open ? DoorOpen : DoorClosed;
  return (
    <Badge tone={open ? 'good' : 'neutral'}>
      <Icon aria-hidden="true" />
      {open ? 'Open' : 'Closed'}
    </Badge>
  );
}

/** When that ends, or null while it is open. */
export function untilWords({ restaurant, now }: StatusProps): string | null {
  if (isOpenAt(restaurant, now)) return null;
  const at = opensAt(restaurant, now);
  return at ? `opens ${momentWords(at, now, restaurant.timeZone)}` : 'does not open again';
}
