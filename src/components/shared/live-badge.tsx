'use client';

import { CloudOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { useFormat } from './use-format';

export type LiveState = { status: 'connecting' | 'live' | 'stale'; since: string };

type LiveBadgeProps = { live: LiveState; timeZone?: string; className?: string };

/** Whether what is on the screen is how things are now. */
export function LiveBadge({ live, timeZone, className }: LiveBadgeProps) {
  const t = useTranslations('shared.live');
  const { seconds } = useFormat();
  return (
    <span role="status" className={className}>
      {live.status === 'live' && (
        <Badge tone="good">
          <span aria-hidden="true" className="relative grid size-2 place-items-center">
            <span className="absolute size-2 animate-ping-slow rounded-full bg-good opacity-60" />
            <span className="size-2 rounded-full bg-good" />
          </span>
          {t('live')}
        </Badge>
      )}
      {live.status === 'connecting' && (
        <Badge>
          <span aria-hidden="true" className="size-2 animate-breathe rounded-full bg-edge" />
          {t('connecting')}
        </Badge>
      )}
      {live.status === 'stale' && (
        <Badge tone="warn">
          <CloudOff aria-hidden="true" />
          <span className="numerals" suppressHydrationWarning>
            {t('stale', { time: seconds(live.since, timeZone) })}
          </span>
        </Badge>
      )}
    </span>
  );
}
