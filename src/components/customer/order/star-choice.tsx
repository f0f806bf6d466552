'use client';

import { Star } from 'lucide-react';
import { useId } from 'react';
import { cn } from '@/components/ui/cn';
import { useOrderWords } from './use-order-words';

const STARS = [1, 2, 3, 4, 5] as const;

type StarChoiceProps = { label: string; value: number | null; onChange: (stars: number) => void };

/** One to five stars; radio buttons underneath. */
export function StarChoice({ label, value, onChange }: StarChoiceProps) {
  const { t } = useOrderWords();
  const name = useId();
  return (
    <fieldset className="flex flex-wrap items-center justify-between gap-x-4">
      <legend className="float-start py-2.5 font-medium text-sm">{label}</legend>
      <div className="-me-2.5 ms-auto flex">
        {STARS.map((stars) => (
          <label
            key={stars}
            className="relative grid size-11 cursor-pointer place-items-center rounded-control has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={stars}
              checked={value === stars}
              onChange={() => onChange(stars)}
              className="absolute inset-0 size-full cursor-pointer appearance-none outline-none"
            />
            <Star
              aria-hidden="true"
              strokeWidth={1.75}
              className={cn(
                'pointer-events-none size-7 transition-colors',
                value !== null && stars <= value ? 'fill-accent text-accent' : 'text-edge',
              )}
            />
            <span className="sr-only">{t('rate.stars', { count: stars })}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
