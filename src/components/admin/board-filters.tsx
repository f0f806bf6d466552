'use client';

import { ClockAlert, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { memo, useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Select } from '@/components/ui/select';
import type { Directory } from '@/domain/directory';
import { type BoardFilter, NO_FILTER, partsOf } from './board-filter';

type BoardFiltersProps = {
  filter: BoardFilter;
  directory: Directory;
  shown: number;
  total: number;
  onChange: (part: Partial<BoardFilter>) => void;
  className?: string;
};

/** What is left out, and how many orders that hides. */
export function BoardFilters(props: BoardFiltersProps) {
  const { filter, directory, shown, total, onChange, className } = props;
  const t = useTranslations('board.filters');
  const { zones, restaurants, drivers } = directory;
  return (
    <div className={cn('shrink-0 px-4 pb-2 sm:px-6', className)}>
      <fieldset className="flex min-w-0 flex-wrap items-center gap-2 max-sm:grid max-sm:grid-cols-2">
        <legend className="sr-only">{t('label')}</legend>
        <Choice
          label={t('zone')}
          all={t('allZones')}
          entries={zones}
          value={filter.zone}
          onChange={(zone) => onChange({ zone })}
        />
        <Choice
          label={t('restaurant')}
          all={t('allRestaurants')}
          entries={restaurants}
          value={filter.restaurant}
          onChange={(restaurant) => onChange({ restaurant })}
        />
        <Choice
          label={t('driver')}
          all={t('allDrivers')}
          entries={drivers}
          value={filter.driver}
          onChange={(driver) => onChange({ driver })}
        />
        <Button
          aria-pressed={filter.lateOnly}
          onClick={() => onChange({ lateOnly: !filter.lateOnly })}
          className={cn(
            'h-9 px-3 text-sm pointer-coarse:h-11',
            filter.lateOnly && 'border-bad bg-bad-soft text-bad-ink hover:bg-bad-soft',
          )}
        >
          <ClockAlert aria-hidden="true" />
          {t('lateOnly')}
        </Button>
        <p aria-live="polite" className="numerals text-quiet text-sm max-sm:empty:hidden">
          {partsOf(filter) > 0 && t('shown', { shown, total, hidden: total - shown })}
        </p>
        {partsOf(filter) > 0 && (
          <Button
            variant="quiet"
            className="h-9 px-2 text-sm pointer-coarse:h-11"
            onClick={() => onChange(NO_FILTER)}
          >
            <X aria-hidden="true" />
            {t('clear')}
          </Button>
        )}
      </fieldset>
    </div>
  );
}

type ChoiceProps = {
  label: string;
  all: string;
  entries: readonly { id: string; name: string }[];
  value: string | null;
  onChange: (id: string | null) => void;
};

const Choice = memo(
  function Choice({ label, all, entries, value, onChange }: ChoiceProps) {
    const items = useMemo(
      () => [
        { value: '', label: all },
        ...entries.map(({ id, name }) => ({ value: id, label: name })),
      ],
      [all, entries],
    );
    return (
      <Select
        label={label}
        items={items}
        value={value ?? ''}
        onChange={(id) => onChange(id || null)}
        className={cn(
          'w-40 max-sm:w-full [&_select]:h-9 pointer-coarse:[&_select]:h-11',
          value && '[&_select]:border-accent',
        )}
      />
    );
  },
  // A thousand names: not with every event. `onChange` only passes on to the filter, which merges.
  (a, b) => a.entries === b.entries && a.value === b.value && a.label === b.label,
);
