'use client';

import { useTranslations } from 'next-intl';
import { useNow } from '@/components/shared/clock';
import { useFormat } from '@/components/shared/use-format';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { useHydrated } from '@/components/ui/use-hydrated';
import { isWithinHours } from '@/domain/opening-hours';

type TimeZoneFieldProps = {
  value: string;
  /** The one that counts now. */
  present: string;
  /** As they stand in the form, or where they make no sense yet, as they are. */
  hours: Omit<Parameters<typeof isWithinHours>[0], 'timeZone'>;
  onChange: (timeZone: string) => void;
};

/** On whose clock the hours are; another one says what it would do before it is saved. */
export function TimeZoneField({ value, present, hours, onChange }: TimeZoneFieldProps) {
  const t = useTranslations('desk.hours');
  const format = useFormat();
  const now = useNow(15);
  // The browser has a list of its own.
  const known = useHydrated() ? Intl.supportedValuesOf('timeZone') : [];
  const names = [...new Set([...known, present, value])].sort();
  const open = isWithinHours({ ...hours, timeZone: value }, now);
  return (
    <Field
      label={t('zone')}
      className="sm:max-w-sm"
      hint={
        value !== present && (
          <span role="status" suppressHydrationWarning>
            {t('zoneMoves', { there: format.clock(now, value), here: format.clock(now, present) })}{' '}
            {t(open ? 'zoneOpen' : 'zoneClosed')}
          </span>
        )
      }
    >
      {({ id }) => (
        <Select
          id={id}
          items={names.map((name) => ({ value: name, label: name.replaceAll('_', ' ') }))}
          value={value}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
