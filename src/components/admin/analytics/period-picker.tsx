import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { PERIODS } from '@/domain/analytics/period';
import type { Looking } from './analytics-in-url';
import { useAnalyticsWords } from './use-analytics-words';

type PeriodPickerProps = {
  looking: Looking;
  onLook: (change: Partial<Looking>) => void;
  zones: readonly { id: string; name: string }[];
};

/** Which days, and of which zone. On phones a list, since five words don't fit beside each other. */
export function PeriodPicker({ looking, onLook, zones }: PeriodPickerProps) {
  const { t } = useAnalyticsWords();
  const items = PERIODS.map((value) => ({ value, label: t(`period.${value}`) }));
  const onPeriod = (period: Looking['period']) => onLook({ period });
  return (
    <div className="flex flex-wrap items-end gap-3 max-sm:w-full">
      {zones.length > 1 && (
        <Select
          label={t('zone')}
          value={looking.zoneId ?? ''}
          onChange={(zoneId) => onLook({ zoneId: zoneId || null })}
          items={[
            { value: '', label: t('allZones') },
            ...zones.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          className="max-sm:flex-1"
        />
      )}
      <Select
        label={t('period.label')}
        value={looking.period}
        onChange={onPeriod}
        items={items}
        className="flex-1 sm:hidden"
      />
      <Segmented
        label={t('period.label')}
        value={looking.period}
        onChange={onPeriod}
        segments={items}
        className="max-sm:hidden"
      />
      {looking.period === 'custom' && (
        <div className="grid w-full grid-cols-2 gap-3 sm:flex sm:w-auto">
          {(['from', 'to'] as const).map((end) => (
            <Field key={end} label={t(`period.${end}`)}>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  dir="ltr"
                  value={looking[end] ?? ''}
                  onChange={({ target }) => onLook({ [end]: target.value || null })}
                  className="numerals text-sm"
                />
              )}
            </Field>
          ))}
        </div>
      )}
    </div>
  );
}
