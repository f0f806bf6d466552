'use client';

import { Coffee, Play, SlidersHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '@/components/shared/use-format';
import { VEHICLE_ICONS } from '@/components/shared/vehicle-icons';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import { ShiftPlan } from './shift-plan';
import type { Duty } from './use-duty';

/** During a shift: what is ridden until when, and the break. */
export function ShiftControls({ duty, carrying }: { duty: Duty; carrying: boolean }) {
  const t = useTranslations('driver.shift');
  const words = useTranslations('shared.vehicle');
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { driver, state } = duty;
  const Icon = VEHICLE_ICONS[driver.vehicle];
  const vehicle = words(driver.vehicle);
  return (
    <div className="flex flex-col gap-2">
      {state === 'on_break' ? (
        <Button variant="primary" size="thumb" full loading={duty.busy} onClick={duty.endBreak}>
          <Play aria-hidden="true" className="rtl:-scale-x-100" />
          {t('endBreak')}
        </Button>
      ) : (
        !carrying && (
          <Button size="thumb" full loading={duty.busy} onClick={duty.startBreak}>
            <Coffee aria-hidden="true" />
            {t('startBreak')}
          </Button>
        )
      )}
      <Button
        variant="quiet"
        size="thumb"
        full
        onClick={() => setOpen(true)}
        className="justify-start px-4 font-medium"
      >
        <Icon aria-hidden="true" className="text-quiet" />
        <span className="numerals min-w-0 flex-1 truncate text-start">
          {driver.shiftEndsAt
            ? t('vehicleUntil', { vehicle, time: format.clock(driver.shiftEndsAt) })
            : vehicle}
        </span>
        <SlidersHorizontal aria-hidden="true" className="text-quiet" />
        <span className="sr-only">{t('change')}</span>
      </Button>
      <Sheet
        open={open}
        onOpenChange={(wanted) => {
          setOpen(wanted);
          if (!wanted) duty.plan.forget();
        }}
        title={t('title')}
        footer={
          <Button
            variant="primary"
            size="thumb"
            full
            loading={duty.busy}
            onClick={() => {
              duty.changeShift();
              setOpen(false);
            }}
          >
            {t('save')}
          </Button>
        }
      >
        <ShiftPlan duty={duty} />
      </Sheet>
    </div>
  );
}
