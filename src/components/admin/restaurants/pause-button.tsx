'use client';

import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast';
import { isPaused } from '@/domain/opening-hours';
import type { RestaurantImage } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';
import { PAUSE_CHOICES } from './pause-choices';

type PauseButtonProps = { restaurant: RestaurantImage; now: Date };

/** Takes a restaurant out of the shop for a while, and puts it back. */
export function PauseButton({ restaurant, now }: PauseButtonProps) {
  const t = useTranslations('admin.pause');
  const { id, name, timeZone } = restaurant;
  const pause = useAction(trpc.kitchen.pause.useMutation(), {
    onDone: ({ pausedUntil }) => toast.success(t(pausedUntil ? 'paused' : 'reopened', { name })),
  });
  if (isPaused(restaurant, now)) {
    return (
      <Button
        size="sm"
        variant="primary"
        loading={pause.pending}
        aria-label={t('reopenName', { name })}
        onClick={() => pause.run({ restaurantId: id, minutes: null })}
      >
        {t('reopen')}
      </Button>
    );
  }
  return (
    <Menu
      trigger={
        <Button size="sm" loading={pause.pending} aria-label={t('pauseName', { name })}>
          {t('pause')}
          <ChevronDown aria-hidden="true" className="-me-1" />
        </Button>
      }
    >
      {PAUSE_CHOICES.map(({ key, minutes }) => (
        <MenuItem
          key={key}
          onSelect={() => pause.run({ restaurantId: id, minutes: minutes(new Date(), timeZone) })}
        >
          {t(key)}
        </MenuItem>
      ))}
    </Menu>
  );
}
