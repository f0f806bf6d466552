'use client';

import { Power } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { useNow } from '@/components/shared/clock';
import { useFormat } from '@/components/shared/use-format';
import { Spinner } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import type { Duty } from './use-duty';

/** Online or offline, and since when: one switch, large enough for a glove. */
export function DutySwitch({ duty }: { duty: Duty }) {
  const t = useTranslations('driver.duty');
  const format = useFormat();
  const { online, since, busy, locating, state, driver } = duty;
  const now = useNow(10);
  const id = useId();
  const words = () => {
    if (state === 'offline') return t('offline');
    if (state === 'shift_over') return t('shiftOver');
    const from = state === 'on_break' ? driver.breakSince : since;
    return from
      ? t('since', { time: format.moment(from, now), age: format.age(from, now) })
      : t('canBeAsked');
  };
  const title = state === 'on_break' ? 'onBreak' : online ? 'online' : 'goOnline';
  return (
    <button
      type="button"
      role="switch"
      aria-checked={online}
      aria-label={t('label')}
      aria-describedby={id}
      aria-busy={busy}
      onClick={() => {
        if (busy) return;
        if (online) duty.goOffline();
        else duty.goOnline();
      }}
      className={cn(
        'flex min-h-20 w-full select-none items-center gap-4 rounded-card px-5 py-3 text-start transition-colors',
        online
          ? 'border border-line bg-raised hover:bg-hover'
          : 'bg-accent text-on-accent hover:bg-accent-strong',
      )}
    >
      <span className="min-w-0 flex-1">
        <span className="heading block text-lg">{t(title)}</span>
        <span
          id={id}
          className={cn('numerals block text-sm', online ? 'text-quiet' : 'text-on-accent')}
          suppressHydrationWarning
        >
          {locating ? t('locating') : words()}
        </span>
      </span>
      <span
        aria-hidden="true"
        className={cn(
          'relative flex h-11 w-19 shrink-0 items-center rounded-full transition-colors',
          state === 'on_break' ? 'bg-edge' : online ? 'bg-good' : 'bg-on-accent/35',
        )}
      >
        <span
          className={cn(
            'ms-1 grid size-9 place-items-center rounded-full bg-raised text-ink transition-transform duration-250 ease-settle',
            online && 'translate-x-8 rtl:-translate-x-8',
          )}
        >
          {busy ? <Spinner className="size-5" /> : <Power className="size-5" />}
        </span>
      </span>
    </button>
  );
}
