'use client';

import { Phone, Timer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useNow } from '@/components/shared/clock';
import { useFormat } from '@/components/shared/use-format';
import { buttonStyle } from '@/components/ui/button-style';
import { cn } from '@/components/ui/cn';
import { trpc } from '@/trpc/client';
import type { Job } from './job-words';

/** What may be known changes with each leg: it is asked with the leg, and forgotten with the job. */
function useJobDetails({ delivery: { id, status } }: Job) {
  const { data } = trpc.drivers.job.useQuery(
    { deliveryId: id, leg: status },
    { retry: false, gcTime: 0 },
  );
  return data ?? null;
}

/** The way to call whoever the driver has to do with now, where a number is known. */
export function CallButton({ job }: { job: Job }) {
  const t = useTranslations('driver.job');
  const details = useJobDetails(job);
  const { order } = job;
  const name = details?.customerPhone ? order.customerName : order.restaurantName;
  const phone = details?.customerPhone ?? details?.restaurantPhone ?? null;
  if (!phone) return null;
  return (
    <a href={`tel:${phone}`} className={cn(buttonStyle({ size: 'thumb', full: true }), 'mt-2')}>
      <Phone aria-hidden="true" />
      {t('call', { name })}
    </a>
  );
}

/** At the counter: since when, and how long it usually takes there. */
export function WaitTimer({ job }: { job: Job }) {
  const t = useTranslations('driver.job');
  const format = useFormat();
  const now = useNow(1);
  const usual = useJobDetails(job)?.usualWaitSeconds ?? null;
  const { atPickupAt } = job.delivery;
  if (!atPickupAt) return null;
  const waited = (now.getTime() - new Date(atPickupAt).getTime()) / 1_000;
  const long = usual !== null && waited > 2 * usual && waited > 120;
  return (
    <p
      className={cn(
        'numerals mt-4 flex items-center gap-3 rounded-card p-4 text-base',
        long ? 'bg-warn-soft text-warn-ink' : 'bg-hover text-ink',
      )}
    >
      <Timer aria-hidden="true" className="size-5 shrink-0" />
      <span suppressHydrationWarning>
        {t('waiting', { age: format.age(atPickupAt, now), time: format.clock(atPickupAt) })}
        {usual !== null && (
          <span className={cn('block text-sm', !long && 'text-quiet')}>
            {t('usualWait', { time: format.lasting(usual) })}
          </span>
        )}
      </span>
    </p>
  );
}
