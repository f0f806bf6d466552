'use client';

import { Clock3, Pill, Search, ShoppingBasket, UtensilsCrossed, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useRef } from 'react';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { type CuisineHere, NEARBY_SORTS, PLACE_KINDS, type PlaceKind } from '@/domain/restaurant';
import type { Filters as Chosen } from './filters-in-url';
import { useCuisineWords } from './use-cuisine-words';

type FiltersProps = {
  filters: Chosen;
  /** What there is around the door. */
  cuisines: readonly CuisineHere[];
  onChange: (change: Partial<Chosen>) => void;
};

const KIND_ICONS: Record<PlaceKind, ReactNode> = {
  restaurant: <UtensilsCrossed aria-hidden="true" />,
  grocery: <ShoppingBasket aria-hidden="true" />,
  pharmacy: <Pill aria-hidden="true" />,
};

export function Filters({ filters, cuisines, onChange }: FiltersProps) {
  const t = useTranslations('discover');
  const cuisineWords = useCuisineWords();
  const searching = filters.q.trim() !== '';
  const kinds = PLACE_KINDS.filter((kind) => cuisines.some((here) => here.kind === kind));
  const ofKind = cuisines.filter(({ kind }) => kind === filters.kind);
  return (
    <search className="flex flex-col gap-3">
      <SearchField value={filters.q} onChange={(q) => onChange({ q })} />
      {!searching && kinds.length > 1 && (
        <Segmented
          label={t('kind.label')}
          segments={kinds.map((kind) => ({
            value: kind,
            label: (
              <>
                {KIND_ICONS[kind]}
                {t(`kind.${kind}`)}
              </>
            ),
          }))}
          value={filters.kind}
          onChange={(kind) => onChange({ kind, cuisine: null })}
          className="min-w-0 max-sm:[&_label]:px-1 max-sm:[&_svg]:size-3.5"
        />
      )}
      <fieldset className="scroll-quiet -mx-4 flex min-w-0 gap-2 overflow-x-auto px-4 py-0.5 sm:-mx-6 sm:px-6 lg:mx-0 lg:flex-wrap lg:px-0">
        <legend className="sr-only">{t('filter.label')}</legend>
        <Chip chosen={filters.openOnly} onClick={() => onChange({ openOnly: !filters.openOnly })}>
          <Clock3 aria-hidden="true" className="size-4" />
          {t('filter.open')}
        </Chip>
        {!searching && ofKind.length > 1 && (
          <>
            <span aria-hidden="true" className="my-2 w-px shrink-0 bg-line" />
            <Chip chosen={filters.cuisine === null} onClick={() => onChange({ cuisine: null })}>
              {t('filter.all')}
            </Chip>
            {ofKind.map(({ cuisine }) => (
              <Chip
                key={cuisine}
                chosen={filters.cuisine === cuisine}
                onClick={() => onChange({ cuisine: filters.cuisine === cuisine ? null : cuisine })}
              >
                <bdi>{cuisineWords(cuisine)}</bdi>
              </Chip>
            ))}
          </>
        )}
      </fieldset>
    </search>
  );
}

type SearchFieldProps = { value: string; onChange: (value: string) => void };

function SearchField({ value, onChange }: SearchFieldProps) {
  const t = useTranslations('discover.search');
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className="relative">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute start-3.5 top-3.5 size-5 text-faint"
      />
      <Input
        ref={field}
        type="search"
        aria-label={t('label')}
        placeholder={t('placeholder')}
        autoComplete="off"
        enterKeyHint="search"
        maxLength={80}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-12 rounded-card ps-11 pe-12"
      />
      {value !== '' && (
        <button
          type="button"
          aria-label={t('clear')}
          onClick={() => {
            onChange('');
            field.current?.focus();
          }}
          className="absolute end-0.5 top-0.5 grid size-11 place-items-center rounded-card text-quiet hover:text-ink"
        >
          <X aria-hidden="true" className="size-5" />
        </button>
      )}
    </div>
  );
}

type SortSelectProps = {
  sort: Chosen['sort'];
  searching: boolean;
  onChange: (sort: Chosen['sort']) => void;
};

export function SortSelect({ sort, searching, onChange }: SortSelectProps) {
  const t = useTranslations('discover.sort');
  const usual = searching ? 'match' : 'nearest';
  return (
    <Select
      label={t('label')}
      items={NEARBY_SORTS.filter((each) => searching || each !== 'match').map((value) => ({
        value,
        label: t(value),
      }))}
      value={sort === 'match' || sort === null ? usual : sort}
      onChange={(chosen) => onChange(chosen === usual ? null : chosen)}
      className="w-44 shrink-0"
    />
  );
}

type ChipProps = { chosen: boolean; onClick: () => void; children: ReactNode };

function Chip({ chosen, onClick, children }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onClick}
      className={cn(
        'flex h-9 shrink-0 items-center gap-1.5 rounded-full border px-3.5 font-medium text-sm transition-colors pointer-coarse:h-11',
        chosen
          ? 'border-ink bg-ink text-page'
          : 'border-line bg-raised text-ink hover:border-edge hover:bg-hover',
      )}
    >
      {children}
    </button>
  );
}
