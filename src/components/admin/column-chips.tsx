'use client';

import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';
import { COLUMN_IDS, type ColumnId, type Columns } from '@/domain/board-columns';

type ColumnChipsProps = {
  columns: Columns;
  value: ColumnId;
  onChange: (id: ColumnId) => void;
};

/** One column at a time, where there is no room for all. */
export function ColumnChips({ columns, value, onChange }: ColumnChipsProps) {
  const t = useTranslations('admin');
  return (
    <fieldset className="scroll-quiet -mx-4 min-w-0 flex gap-2 overflow-x-auto px-4 py-0.5">
      <legend className="sr-only">{t('board.column')}</legend>
      {COLUMN_IDS.map((id) => {
        const count = columns[id].length;
        return (
          <button
            key={id}
            type="button"
            aria-pressed={id === value}
            onClick={() => onChange(id)}
            className={cn(
              'flex h-11 shrink-0 items-center gap-2 rounded-full border px-4 font-medium text-sm transition-colors',
              id === value ? 'border-ink bg-ink text-page' : 'border-line bg-raised text-ink',
            )}
          >
            {t(`column.${id}.title`)}
            <span className={cn('numerals', id === value ? 'text-page' : 'text-quiet')}>
              {count}
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}
