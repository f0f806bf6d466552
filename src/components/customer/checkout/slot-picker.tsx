'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { place } from '@/components/customer/address/place';
import { useNow } from '@/components/shared/clock';
import { useFormat } from '@/components/shared/use-format';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/skeleton';
import { trpc } from '@/trpc/client';

type SlotPickerProps = {
  restaurantId: string;
  fulfilment: 'delivery' | 'pickup';
  value: string | null;
  onChange: (slotFrom: string) => void;
};

const FRESH_FOR_MS = 60_000;

/** The times of today and tomorrow, as the kitchen's clock shows them; what is full can't be chosen. */
export function SlotPicker({ restaurantId, fulfilment, value, onChange }: SlotPickerProps) {
  const t = useTranslations('checkout.when');
  const format = useFormat();
  const refusalOf = useRefusal();
  const now = useNow(60);
  const name = useId();
  const { at: dropoff } = place.use();
  const [chosenDay, setChosenDay] = useState<string | null>(null);
  const slots = trpc.orders.slots.useQuery(
    { restaurantId, fulfilment, dropoff },
    { refetchInterval: FRESH_FOR_MS },
  );
  if (slots.error) {
    const { message, hint } = refusalOf(slots.error);
    return (
      <div role="alert" className="flex flex-col items-start gap-3 text-sm">
        <p>
          {message} {hint}
        </p>
        <Button size="sm" onClick={() => void slots.refetch()}>
          {t('again')}
        </Button>
      </div>
    );
  }
  if (!slots.data) return <Skeleton className="h-40" />;
  const { timeZone } = slots.data;
  const days = slots.data.days.filter(({ slots: times }) => times.length > 0);
  const dayOf = days.find(({ slots: times }) => times.some(({ from }) => from === value));
  const shown = days.find(({ day }) => day === chosenDay) ?? dayOf ?? days[0];
  if (!shown) return <p className="text-quiet text-sm">{t('none')}</p>;
  const clock = (at: string) => format.clock(at, timeZone);
  return (
    <div className="flex flex-col gap-3">
      {days.length > 1 && (
        <Segmented
          label={t('day')}
          value={shown.day}
          onChange={setChosenDay}
          segments={days.map(({ day, slots: times }) => ({
            value: day,
            label: format.day(times[0]?.from ?? day, now, timeZone),
          }))}
        />
      )}
      <div
        role="radiogroup"
        aria-label={t('time')}
        className="grid max-h-72 grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-2 overflow-y-auto overscroll-contain p-0.5"
      >
        {shown.slots.map(({ from, to, full }) => (
          <label
            key={from}
            className={cn(
              'numerals relative grid h-11 cursor-pointer select-none place-items-center rounded-control border text-sm transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent',
              from === value
                ? 'border-accent bg-accent-soft font-medium text-accent-ink'
                : 'border-line bg-raised hover:border-edge',
              full && 'cursor-default border-line bg-sunken text-faint',
            )}
          >
            <input
              type="radio"
              name={name}
              value={from}
              checked={from === value}
              disabled={full}
              onChange={() => onChange(from)}
              className="absolute inset-0 size-full cursor-[inherit] appearance-none rounded-control outline-none"
            />
            <span className="pointer-events-none">
              {full ? t('full', { time: clock(from) }) : `${clock(from)}–${clock(to)}`}
            </span>
          </label>
        ))}
      </div>
    </div>
  );
}
