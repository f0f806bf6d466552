'use client';

import { ClockAlert, Keyboard, Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { RefObject } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';
import type { BoardFilter } from './columns';

type BoardToolbarProps = {
  open: number;
  attention: number;
  late: number;
  filter: BoardFilter;
  onFilter: (filter: BoardFilter) => void;
  search: RefObject<HTMLInputElement | null>;
  onHelp: () => void;
};

/** How things stand in three numbers, and what to look for. */
export function BoardToolbar(props: BoardToolbarProps) {
  const { open, attention, late, filter, onFilter, search, onHelp } = props;
  const t = useTranslations('admin.board');
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-2 px-4 pt-3 pb-3 sm:px-6">
      <h1 className="sr-only">{t('title')}</h1>
      <p className="numerals flex flex-wrap items-baseline gap-x-4 text-quiet text-sm">
        <Figure value={open} words={t('openOrders', { count: open })} />
        <Figure
          value={attention}
          words={t('attention', { count: attention })}
          alarming={attention > 0}
        />
        <Figure value={late} words={t('late')} alarming={late > 0} />
      </p>
      <div className="ms-auto flex min-w-0 items-center gap-2 max-sm:w-full">
        <div className="relative min-w-0 flex-1 sm:w-72">
          <Search
            aria-hidden="true"
            className="-translate-y-1/2 pointer-events-none absolute top-1/2 start-3 size-4 text-quiet"
          />
          <Input
            ref={search}
            type="search"
            aria-label={t('search')}
            placeholder={t('searchPlaceholder')}
            value={filter.text}
            onChange={(event) => onFilter({ ...filter, text: event.target.value })}
            className="h-10 pe-10 ps-9 text-sm pointer-coarse:h-11 [&::-webkit-search-cancel-button]:hidden"
          />
          {filter.text && (
            <button
              type="button"
              aria-label={t('clear')}
              onClick={() => onFilter({ ...filter, text: '' })}
              className="absolute inset-y-0 end-0 grid w-10 place-items-center text-quiet hover:text-ink"
            >
              <X aria-hidden="true" className="size-4" />
            </button>
          )}
        </div>
        <Button
          aria-pressed={filter.lateOnly}
          onClick={() => onFilter({ ...filter, lateOnly: !filter.lateOnly })}
          className={cn(
            'h-10 px-3 pointer-coarse:h-11',
            filter.lateOnly && 'border-bad bg-bad-soft text-bad-ink hover:bg-bad-soft',
          )}
        >
          <ClockAlert aria-hidden="true" />
          {t('lateOnly')}
        </Button>
        <Button
          variant="quiet"
          size="icon"
          aria-label={t('keyboard')}
          onClick={onHelp}
          className="max-lg:hidden"
        >
          <Keyboard aria-hidden="true" />
        </Button>
      </div>
    </div>
  );
}

type FigureProps = { value: number; words: string; alarming?: boolean };

const Figure = ({ value, words, alarming = false }: FigureProps) => (
  <span>
    <span className={cn('heading me-1.5 text-lg', alarming ? 'text-bad-ink' : 'text-ink')}>
      {value}
    </span>
    {words}
  </span>
);
