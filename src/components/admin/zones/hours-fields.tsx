'use client';

import { useTranslations } from 'next-intl';
import { Input } from '@/components/ui/input';
import { Switch } from '@/components/ui/switch';
import type { WeeklyHours } from '@/domain/weekly-hours';

export type ZoneHours = WeeklyHours | null;

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const FIRST: WeeklyHours = DAYS.map((day) => ({ day, opens: '09:00', closes: '22:00' }));

type HoursFieldsProps = { hours: ZoneHours; onChange: (hours: ZoneHours) => void };

/** Always, or by the day; an end at or before the beginning runs past midnight. */
export function HoursFields({ hours, onChange }: HoursFieldsProps) {
  const t = useTranslations('zones');
  return (
    <div>
      <Switch
        checked={hours !== null}
        onChange={(own) => onChange(own ? FIRST : null)}
        label={t('form.hours')}
      />
      {hours && (
        <ul className="mt-1 flex flex-col gap-1">
          {DAYS.map((day) => (
            <Day key={day} day={day} hours={hours} onChange={onChange} />
          ))}
        </ul>
      )}
    </div>
  );
}

type DayProps = {
  day: (typeof DAYS)[number];
  hours: WeeklyHours;
  onChange: (hours: WeeklyHours) => void;
};

function Day({ day, hours, onChange }: DayProps) {
  const t = useTranslations('zones');
  const name = t(`day.${day}`);
  const windows = hours.filter((window) => window.day === day);
  const rest = hours.filter((window) => window.day !== day);
  const put = (changed: WeeklyHours) =>
    onChange([...rest, ...changed].sort((a, b) => a.day - b.day));
  const set = (index: number, change: Partial<WeeklyHours[number]>) =>
    put(windows.map((window, n) => (n === index ? { ...window, ...change } : window)));
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <Switch
        checked={windows.length > 0}
        onChange={(open) => put(open ? [{ day, opens: '09:00', closes: '22:00' }] : [])}
        label={
          <span className="w-24">
            <span aria-hidden="true">{name}</span>
            <span className="sr-only">{t('form.hoursOfDay', { day: name })}</span>
          </span>
        }
      />
      {windows.map((window, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the windows of a day have no other name
        <span key={index} className="flex items-center gap-2">
          <Input
            type="time"
            dir="ltr"
            aria-label={t('form.from', { day: name })}
            value={window.opens}
            onChange={(event) => event.target.value && set(index, { opens: event.target.value })}
            className="numerals w-32 text-sm"
          />
          <Input
            type="time"
            dir="ltr"
            aria-label={t('form.to', { day: name })}
            value={window.closes === '24:00' ? '00:00' : window.closes}
            onChange={(event) => event.target.value && set(index, { closes: event.target.value })}
            className="numerals w-32 text-sm"
          />
        </span>
      ))}
    </li>
  );
}
