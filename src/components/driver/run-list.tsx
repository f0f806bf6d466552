'use client';

import { MapPin, Store } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { UnreadMark } from '@/components/shared/conversation/unread-mark';
import { cn } from '@/components/ui/cn';
import { runsOf } from '@/domain/run';
import { useJobUnread } from './job-talk';
import type { Job } from './job-words';
import { type RunStop, stopsOf } from './run-stops';

type RunListProps = { jobs: readonly Job[]; job: Job; onChoose: (deliveryId: string) => void };

/** Everything that is carried, stop by stop in the order of the run; the one that is ridden for stands out. */
export function RunList({ jobs, job, onChoose }: RunListProps) {
  const t = useTranslations('driver.home');
  const stops = runsOf(jobs).flatMap((run) => stopsOf(run));
  const next = stops.findIndex(({ deliveryId }) => deliveryId === job.delivery.id);
  return (
    <ol
      aria-label={t('deliveries')}
      className="overflow-hidden rounded-card border border-line bg-raised"
    >
      {stops.map((stop, index) => (
        <li key={stop.key} className="border-line border-b last:border-0">
          <StopButton
            stop={stop}
            number={index + 1}
            current={index === next}
            onChoose={() => onChoose(stop.deliveryId)}
          />
        </li>
      ))}
    </ol>
  );
}

type StopButtonProps = { stop: RunStop; number: number; current: boolean; onChoose: () => void };

function StopButton({ stop, number, current, onChoose }: StopButtonProps) {
  const t = useTranslations('driver.run');
  const unread = useJobUnread(stop.orderId);
  const Icon = stop.kind === 'dropoff' ? MapPin : Store;
  return (
    <button
      type="button"
      aria-current={current ? 'step' : undefined}
      onClick={onChoose}
      className={cn(
        'flex min-h-14 w-full items-center gap-3 px-4 py-2 text-start transition-colors focus-visible:-outline-offset-2',
        current ? 'bg-accent-soft text-accent-ink' : 'hover:bg-hover',
      )}
    >
      <span className="numerals w-4 shrink-0 text-sm">{number}</span>
      <Icon aria-hidden="true" className="size-5 shrink-0" />
      <span className="min-w-0 flex-1">
        <span className="block text-xs">{t(stop.kind)}</span>
        <span dir="auto" className="block truncate font-medium">
          {stop.name}
        </span>
      </span>
      <span className="numerals text-sm">#{stop.orderNumber}</span>
      <UnreadMark count={unread} />
    </button>
  );
}
