'use client';

import { ChevronDown } from 'lucide-react';
import { toast } from 'sonner';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { isPaused } from '@/domain/opening-hours';
import type { RestaurantImage } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';
import { PAUSE_CHOICES } from './pause-choices';

type PauseButtonProps = { restaurant: RestaurantImage; now: Date };

/** Takes a restaurant out of the shop for a while, and puts it back. */
export function PauseButton({ restaurant, now }: PauseButtonProps) {
  const { id, name, timeZone } = restaurant;
  const pause = useAction(trpc.restaurants.pause.useMutation(), {
    onDone: ({ pausedUntil }) =>
      toast.success(pausedUntil ? `${name} is paused` : `${name} takes orders again`),
  });
  if (isPaused(restaurant, now)) {
    return (
      <Button
        size="sm"
        variant="primary"
        loading={pause.pending}
        aria-label={`Reopen ${name}`}
        onClick={() => pause.run({ restaurantId: id, minutes: null })}
      >
        Reopen
      </Button>
    );
  }
  return (
    <Menu
      trigger={
        <Button size="sm" loading={pause.pending} aria-label={`Pause ${name}`}>
          Pause
          <ChevronDown aria-hidden="true" className="-mr-1" />
        </Button>
      }
    >
      {PAUSE_CHOICES.map(({ label, minutes }) => (
        <MenuItem
          key={label}
          onSelect={() => pause.run({ restaurantId: id, minutes: minutes(new Date(), timeZone) })}
        >
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
