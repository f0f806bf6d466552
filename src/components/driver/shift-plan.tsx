'use client';

import { useTranslations } from 'next-intl';
import { VEHICLE_ICONS } from '@/components/shared/vehicle-icons';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { VEHICLE_CAPACITY, VEHICLE_SPEED_MPS, VEHICLES } from '@/domain/driver';
import type { Duty } from './use-duty';

const KMH = 3.6;

/** What is ridden today, and until when. */
export function ShiftPlan({ duty: { plan, driver } }: { duty: Duty }) {
  const t = useTranslations('driver.shift');
  const words = useTranslations('shared.vehicle');
  const { vehicle } = plan;
  const capacity = vehicle === driver.vehicle ? driver.capacity : VEHICLE_CAPACITY[vehicle];
  return (
    <div className="flex flex-col gap-4">
      <div>
        <Segmented
          label={t('vehicle')}
          value={vehicle}
          onChange={plan.setVehicle}
          segments={VEHICLES.map((value) => {
            const Icon = VEHICLE_ICONS[value];
            return {
              value,
              label: (
                <>
                  <Icon aria-hidden="true" />
                  {words(value)}
                </>
              ),
            };
          })}
          className="[&>label]:h-12 [&>label]:text-base"
        />
        <p className="numerals mt-2 px-1 text-quiet text-sm" aria-live="polite">
          {t('about', { speed: Math.round(VEHICLE_SPEED_MPS[vehicle] * KMH), count: capacity })}
        </p>
      </div>
      <Field label={t('until')} aside={t('optional')} hint={t('untilDetail')}>
        {(control) => (
          <Input
            {...control}
            type="time"
            dir="ltr"
            value={plan.clock}
            onChange={({ target }) => plan.setClock(target.value)}
            className="h-12 text-base"
          />
        )}
      </Field>
    </div>
  );
}
