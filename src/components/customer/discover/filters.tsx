'use client';

import { Clock3, Search, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { type Filters as Chosen, SORTS, type Sort } from './use-discover';

type FiltersProps = {
  filters: Chosen;
  cuisines: readonly string[];
  onChange: (change: Partial<Chosen>) => void;
};

export function Filters({ filters, cuisines, onChange }: FiltersProps) {
  return (
    <search className="flex flex-col gap-3">
      <div className="relative">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-3.5 left-3.5 size-5 text-faint"
        />
        <Input
          type="search"
          aria-label="Search restaurants and dishes"
          placeholder="Restaurant, dish or cuisine"
          autoComplete="off"
          value={filters.q}
          onChange={(event) => onChange({ q: event.target.value })}
          className="h-12 rounded-card pl-11"
        />
        {filters.q !== '' && (
          <button
            type="button"
            aria-label="Clear the search"
            onClick={() => onChange({ q: '' })}
            className="absolute top-0.5 right-0.5 grid size-11 place-items-center rounded-card text-quiet hover:text-ink"
          >
            <X aria-hidden="true" className="size-5" />
          </button>
        )}
      </div>
      <fieldset className="scroll-quiet -mx-4 flex min-w-0 gap-2 overflow-x-auto px-4 py-0.5 sm:-mx-6 sm:px-6 lg:mx-0 lg:flex-wrap lg:px-0">
        <legend className="sr-only">Filters</legend>
        <Chip chosen={filters.openOnly} onClick={() => onChange({ openOnly: !filters.openOnly })}>
          <Clock3 aria-hidden="true" className="size-4" />
          Open now
        </Chip>
        <span aria-hidden="true" className="my-2 w-px shrink-0 bg-line" />
        <Chip chosen={filters.cuisine === null} onClick={() => onChange({ cuisine: null })}>
          All
        </Chip>
        {cuisines.map((cuisine) => (
          <Chip
            key={cuisine}
            chosen={filters.cuisine === cuisine}
            onClick={() => onChange({ cuisine: filters.cuisine === cuisine ? null : cuisine })}
          >
            {cuisine}
          </Chip>
        ))}
      </fieldset>
    </search>
  );
}

type SortSelectProps = { sort: Sort; onChange: (sort: Sort) => void };

export const SortSelect = ({ sort, onChange }: SortSelectProps) => (
  <Select
    label="Sort by"
    items={SORTS}
    value={sort}
    onChange={onChange}
    className="w-42 border-line"
  />
);

type ChipProps = { chosen: boolean; onClick: () => void; children: ReactNode };

function Chip({ chosen, onClick, children }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onClick}
      className={cn(
        'flex h-9 shrink-0 items-center gap-1.5 rounded-full border px-3.5 font-medium text-sm first-letter:uppercase transition-colors pointer-coarse:h-11',
        chosen
          ? 'border-ink bg-ink text-page'
          : 'border-line bg-raised text-ink hover:border-edge hover:bg-hover',
      )}
    >
      {children}
    </button>
  );
}
