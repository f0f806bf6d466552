'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useId, useState } from 'react';
import { useSettled } from '@/components/shared/use-settled';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { STREAM_KINDS } from '@/domain/events';
import { LOG_SOURCES } from '@/domain/log-filter';
import { EVENT_TYPES } from './event-types';
import {
  type LogFilters,
  readLogFilters,
  toLocalInput,
  writeLogFilters,
} from './log-filter-in-url';

const TYPING_MS = 400;
const ALL = 'all';

type FiltersProps = { filters: LogFilters; onChange: (change: Partial<LogFilters>) => void };

/** What to look for in the log. */
export function LogFilterBar({ filters, onChange }: FiltersProps) {
  const t = useTranslations('log');
  const story = useTranslations('story');
  const kinds = [
    { value: ALL, label: t('any') },
    ...STREAM_KINDS.map((value) => ({ value, label: t(`stream.${value}`) })),
  ];
  const sources = [
    { value: ALL, label: t('any') },
    ...LOG_SOURCES.map((value) => ({ value, label: story(`source.${value}`) })),
  ];
  const filtered = writeLogFilters(filters) !== '';
  return (
    <search className="grid grid-cols-2 items-end gap-3 py-4 sm:grid-cols-3 lg:grid-cols-[repeat(4,minmax(0,1fr))_repeat(2,minmax(0,1.2fr))_auto]">
      <Field label={t('filter.stream')}>
        {(control) => (
          <Select
            {...control}
            items={kinds}
            value={filters.stream ?? ALL}
            onChange={(value) =>
              onChange({ stream: STREAM_KINDS.find((each) => each === value) ?? null })
            }
          />
        )}
      </Field>
      <TypeField value={filters.type} onChange={(type) => onChange({ type })} />
      <OrderField
        value={filters.orderNumber}
        onChange={(orderNumber) => onChange({ orderNumber })}
      />
      <Field label={t('filter.source')}>
        {(control) => (
          <Select
            {...control}
            items={sources}
            value={filters.source ?? ALL}
            onChange={(value) =>
              onChange({ source: LOG_SOURCES.find((each) => each === value) ?? null })
            }
          />
        )}
      </Field>
      {(['from', 'to'] as const).map((end) => (
        <Field key={end} label={t(`filter.${end}`)}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              dir="ltr"
              value={toLocalInput(filters[end])}
              onChange={({ target }) =>
                onChange({ [end]: target.value ? new Date(target.value).toISOString() : null })
              }
              className="text-sm"
            />
          )}
        </Field>
      ))}
      <Button
        variant="quiet"
        disabled={!filtered}
        onClick={() => onChange(readLogFilters(new URLSearchParams()))}
      >
        <X aria-hidden="true" />
        {t('clear')}
      </Button>
    </search>
  );
}

type TypeFieldProps = { value: string; onChange: (value: string) => void };

function TypeField({ value, onChange }: TypeFieldProps) {
  const t = useTranslations('log');
  const listId = useId();
  const [typed, setTyped] = useTyped(value, onChange);
  return (
    <Field label={t('filter.type')}>
      {(control) => (
        <>
          <Input
            {...control}
            dir="ltr"
            list={listId}
            value={typed}
            placeholder="order.placed"
            onChange={({ target }) => setTyped(target.value.replace(/[^a-z_.]/g, '').slice(0, 60))}
            className="text-sm"
          />
          <datalist id={listId}>
            {EVENT_TYPES.map((type) => (
              <option key={type} value={type} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

type OrderFieldProps = { value: number | null; onChange: (value: number | null) => void };

function OrderField({ value, onChange }: OrderFieldProps) {
  const t = useTranslations('log');
  const [typed, setTyped] = useTyped(value === null ? '' : String(value), (text) =>
    onChange(text ? Number(text) : null),
  );
  return (
    <Field label={t('filter.order')}>
      {(control) => (
        <Input
          {...control}
          dir="ltr"
          inputMode="numeric"
          value={typed}
          placeholder="1042"
          onChange={({ target }) => setTyped(target.value.replace(/\D|^0+/g, '').slice(0, 9))}
          className="numerals text-sm"
        />
      )}
    </Field>
  );
}

/** What is typed counts once the fingers rest; what is set elsewhere shows at once. */
function useTyped(value: string, onSettled: (value: string) => void) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    setTyped(value);
  }
  const settled = useSettled(typed, TYPING_MS);
  // The fingers, which have come to rest.
  useEffect(() => {
    if (settled === typed && settled !== known) onSettled(settled);
  });
  return [typed, setTyped] as const;
}
