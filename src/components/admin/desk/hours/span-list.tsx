'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { controlStyle } from '@/components/ui/input';
import { newKey } from '@/trpc/idempotency';
import { nextSpan, type Span } from './hours-draft';

const MOST_SPANS = 4;

type SpanListProps = {
  /** The day, for the names of the fields. */
  day: string;
  spans: Span[];
  onChange: (spans: Span[]) => void;
};

/** The openings of a day; none is closed. What ends before it begins ends the next morning. */
export function SpanList({ day, spans, onChange }: SpanListProps) {
  const t = useTranslations('desk.hours');
  const set = (at: number, change: Partial<Span>) =>
    onChange(spans.map((span, n) => (n === at ? { ...span, ...change } : span)));
  const clock = (at: number, field: 'opens' | 'closes') => (
    <input
      type="time"
      dir="ltr"
      aria-label={t(field, { day })}
      value={spans[at]?.[field] === '24:00' ? '00:00' : spans[at]?.[field]}
      onChange={(event) => set(at, { [field]: event.target.value })}
      className={`${controlStyle} numerals h-11 w-30 px-2.5 text-sm`}
    />
  );
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {spans.length === 0 && <span className="text-quiet text-sm">{t('closed')}</span>}
      {spans.map(({ key }, at) => (
        <span key={key} className="flex items-center gap-1.5">
          {clock(at, 'opens')}
          <span aria-hidden="true">–</span>
          {clock(at, 'closes')}
          <Button
            variant="quiet"
            size="icon"
            aria-label={t('removeSpan', { day })}
            onClick={() => onChange(spans.filter((span) => span.key !== key))}
          >
            <X aria-hidden="true" />
          </Button>
        </span>
      ))}
      {spans.length < MOST_SPANS && (
        <Button
          variant="quiet"
          size="sm"
          aria-label={t('addSpanTo', { day })}
          onClick={() => onChange([...spans, nextSpan(spans, newKey())])}
        >
          <Plus aria-hidden="true" />
          {t('addSpan')}
        </Button>
      )}
    </div>
  );
}
