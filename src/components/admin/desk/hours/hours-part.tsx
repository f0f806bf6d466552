'use client';

import { CalendarPlus, Trash2 } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { SaveBar } from '@/components/admin/desk/save-bar';
import type { Desk } from '@/components/admin/desk/use-desk';
import { useDraft } from '@/components/admin/desk/use-draft';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { controlStyle, Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { newKey } from '@/trpc/idempotency';
import { type HoursDraft, hoursDraftOf, hoursFrom } from './hours-draft';
import { SpanList } from './span-list';
import { TimeZoneField } from './time-zone-field';

/** Monday 2026-01-05, and the six days after it. */
function useWeekdays(): string[] {
  const format = new Intl.DateTimeFormat(useLocale(), { weekday: 'long', timeZone: 'UTC' });
  return [5, 6, 7, 8, 9, 10, 11].map((day) => format.format(Date.UTC(2026, 0, day)));
}

/** When a restaurant is open, week by week, and on the days that are different. */
export function HoursPart({ desk: { desk, refresh } }: { desk: Desk }) {
  const t = useTranslations('desk.hours');
  const weekdays = useWeekdays();
  const { restaurant, changedBy } = desk;
  const { hours, holidays, version, timeZone } = restaurant;
  const draft = useDraft({ ...hoursDraftOf(hours, holidays), timeZone }, version);
  const [incomplete, setIncomplete] = useState(false);
  const save = useAction(trpc.restaurantDesk.setHours.useMutation(), {
    onDone: () => {
      toast.success(t('saved'));
      void refresh().then(draft.discard);
    },
    onRefused: () => void refresh(),
  });
  const { week, days } = draft.value;
  const set = (change: Partial<typeof draft.value>) => {
    save.clear();
    setIncomplete(false);
    draft.set({ ...draft.value, ...change });
  };
  const setDay = (at: number, change: Partial<HoursDraft['days'][number]>) =>
    set({ days: days.map((day, n) => (n === at ? { ...day, ...change } : day)) });
  return (
    <form
      noValidate
      aria-label={t('title')}
      onSubmit={(event) => {
        event.preventDefault();
        const sent = hoursFrom(draft.value);
        if (!sent) setIncomplete(true);
        else {
          const { value, version: seen } = draft;
          const changed = { ...sent, timeZone: value.timeZone };
          save.run({ restaurantId: restaurant.id, version: seen, ...changed });
        }
      }}
      className="mt-6"
    >
      <TimeZoneField
        value={draft.value.timeZone}
        present={timeZone}
        hours={hoursFrom(draft.value) ?? { hours, holidays }}
        onChange={(next) => set({ timeZone: next })}
      />
      <ul className="mt-3 divide-y divide-line rounded-card border border-line bg-raised">
        {week.map((spans, n) => (
          <li
            key={weekdays[n]}
            className="grid items-center gap-x-4 gap-y-1 px-4 py-2 sm:grid-cols-[8rem_1fr]"
          >
            <span className="font-medium text-sm">{weekdays[n]}</span>
            <SpanList
              day={weekdays[n] ?? ''}
              spans={spans}
              onChange={(next) => set({ week: week.map((old, at) => (at === n ? next : old)) })}
            />
          </li>
        ))}
      </ul>
      <h2 className="mt-8 text-base">{t('otherDays')}</h2>
      <p className="mt-1 max-w-xl text-pretty text-quiet text-sm">{t('otherDaysDetail')}</p>
      {days.length > 0 && (
        <ul className="mt-3 divide-y divide-line rounded-card border border-line bg-raised">
          {days.map((day, at) => (
            <li key={day.key} className="flex flex-col gap-2 px-4 py-3">
              <div className="flex flex-wrap items-center gap-2">
                <input
                  type="date"
                  dir="ltr"
                  aria-label={t('date')}
                  value={day.date}
                  onChange={(event) => setDay(at, { date: event.target.value })}
                  className={`${controlStyle} numerals h-11 w-40 px-2.5 text-sm`}
                />
                <Input
                  aria-label={t('name')}
                  placeholder={t('namePlaceholder')}
                  value={day.name}
                  maxLength={60}
                  onChange={(event) => setDay(at, { name: event.target.value })}
                  className="min-w-32 flex-1 text-sm"
                />
                <Button
                  variant="quiet"
                  size="icon"
                  aria-label={t('removeDay', { day: day.date })}
                  onClick={() => set({ days: days.filter((_, n) => n !== at) })}
                >
                  <Trash2 aria-hidden="true" />
                </Button>
              </div>
              <SpanList
                day={day.date}
                spans={day.spans}
                onChange={(spans) => setDay(at, { spans })}
              />
            </li>
          ))}
        </ul>
      )}
      <Button
        className="mt-3"
        onClick={() => set({ days: [...days, { key: newKey(), date: '', name: '', spans: [] }] })}
      >
        <CalendarPlus aria-hidden="true" />
        {t('addDay')}
      </Button>
      <SaveBar
        changed={draft.changed}
        overtaken={draft.overtaken}
        changedBy={changedBy}
        pending={save.pending}
        refusal={save.refusal}
        wrong={incomplete ? t('incomplete') : undefined}
        onDiscard={() => {
          setIncomplete(false);
          save.clear();
          draft.discard();
        }}
      />
    </form>
  );
}
