'use client';

import { CircleAlert, WifiOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { useDriver } from './driver-context';

/** What was done without a network: that it is kept, or why it went no further. */
export function KeptSteps() {
  const t = useTranslations('driver.step');
  const { steps } = useDriver();
  const { stopped, waiting, queue } = steps;
  const kept = queue.filter((each) => each.kept).length;
  if (stopped?.refused) {
    const { refused, orderNumber: number } = stopped;
    return (
      <div role="alert" className="mb-2 rounded-card bg-bad-soft p-3 text-bad-ink text-sm">
        <p className="flex gap-2">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>
            <span className="font-medium">{t('stopped', { number, count: kept })}</span>{' '}
            {refused.message} {refused.hint}
          </span>
        </p>
        <div className="mt-2 flex gap-2">
          <Button size="sm" onClick={() => steps.tryAgain(stopped)} className="h-11 flex-1">
            {t('tryAgain')}
          </Button>
          <Button size="sm" onClick={() => steps.drop(stopped)} className="h-11 flex-1">
            {t('drop')}
          </Button>
        </div>
      </div>
    );
  }
  if (!waiting) return null;
  return (
    <p role="status" className="flex items-center justify-center gap-2 pb-2 text-sm text-warn-ink">
      <WifiOff aria-hidden="true" className="size-4 shrink-0" />
      {t('kept', { count: kept })}
    </p>
  );
}
