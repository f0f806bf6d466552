'use client';

import { type ReactNode, useId } from 'react';
import { cn } from './cn';

export type Segment<Value extends string> = { value: Value; label: ReactNode };

type SegmentedProps<Value extends string> = {
  label: string;
  segments: readonly Segment<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
};

/** One of a few, all in view; radio buttons underneath. */
export function Segmented<Value extends string>({
  label,
  segments,
  value,
  onChange,
  className,
}: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className={cn('flex rounded-control border border-line bg-sunken p-0.5', className)}>
      <legend className="sr-only">{label}</legend>
      {segments.map((segment) => (
        <label
          key={segment.value}
          className={cn(
            'relative flex h-10 flex-1 cursor-pointer select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-[6px] px-3 font-medium text-sm transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent [&_svg]:size-4',
            segment.value === value
              ? 'bg-raised text-ink ring-1 ring-line'
              : 'text-quiet hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={name}
            value={segment.value}
            checked={segment.value === value}
            onChange={() => onChange(segment.value)}
            className="absolute inset-0 size-full cursor-pointer appearance-none rounded-[6px] outline-none"
          />
          <span className="pointer-events-none flex items-center gap-1.5">{segment.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
