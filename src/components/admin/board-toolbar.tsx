'use client';

import { Bell, BellOff, Keyboard, ListFilter, Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { RefObject } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';
import { boardSound, switchSound } from './use-attention-sound';

type BoardToolbarProps = {
  figures: { open: number; attention: number; late: number };
  text: string;
  onText: (text: string) => void;
  search: RefObject<HTMLInputElement | null>;
  /** Where the filters are folded away: how many leave something out. */
  filtersOpen: boolean;
  parts: number;
  onFilters: () => void;
  onHelp: () => void;
};

/** How things stand in three numbers, and what to look for. */
export function BoardToolbar(props: BoardToolbarProps) {
  const { figures, text, onText, search, filtersOpen, parts, onFilters, onHelp } = props;
  const t = useTranslations('admin.board');
  const more = useTranslations('board');
  const sound = boardSound.use();
  const Sound = sound ? Bell : BellOff;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-2 px-4 py-2 sm:px-6">
      <h1 className="sr-only">{t('title')}</h1>
      <p className="numerals flex flex-wrap items-baseline gap-x-4 text-quiet text-sm">
        <Figure value={figures.open} words={t('openOrders', { count: figures.open })} />
        <Figure
          value={figures.attention}
          words={t('attention', { count: figures.attention })}
          alarming={figures.attention > 0}
        />
        <Figure value={figures.late} words={t('late')} alarming={figures.late > 0} />
      </p>
      <div className="ms-auto flex min-w-0 items-center gap-1 max-sm:w-full">
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
            value={text}
            onChange={(event) => onText(event.target.value)}
            className="h-10 pe-10 ps-9 text-sm pointer-coarse:h-11 [&::-webkit-search-cancel-button]:hidden"
          />
          {text && (
            <button
              type="button"
              aria-label={t('clear')}
              onClick={() => onText('')}
              className="absolute inset-y-0 end-0 grid w-10 place-items-center text-quiet hover:text-ink"
            >
              <X aria-hidden="true" className="size-4" />
            </button>
          )}
        </div>
        <Button
          variant="quiet"
          size="icon"
          aria-label={more('filters.show', { count: parts })}
          aria-expanded={filtersOpen}
          onClick={onFilters}
          className={cn('lg:hidden', parts > 0 && 'text-accent-ink')}
        >
          <ListFilter aria-hidden="true" />
        </Button>
        <Button
          variant="quiet"
          size="icon"
          aria-label={more('sound')}
          aria-pressed={sound}
          onClick={() => switchSound(!sound)}
        >
          <Sound aria-hidden="true" />
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
