'use client';

import { ChevronDown } from 'lucide-react';
import { cn } from './cn';
import { controlStyle } from './input';

export type SelectItem<Value extends string> = { value: Value; label: string };

type SelectProps<Value extends string> = {
  items: readonly SelectItem<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  /** The accessible name, when no Field label points here. */
  label?: string;
  id?: string;
  disabled?: boolean;
  className?: string;
};

/** The browser's own list: right on every device, and nothing to load. */
export function Select<Value extends string>({
  items,
  value,
  onChange,
  label,
  className,
  ...rest
}: SelectProps<Value>) {
  return (
    <span className={cn('relative inline-flex', className)}>
      <select
        {...rest}
        aria-label={label}
        value={value}
        onChange={({ target }) => {
          const chosen = items.find((item) => item.value === target.value);
          if (chosen) onChange(chosen.value);
        }}
        className={cn(
          controlStyle,
          'h-11 w-full cursor-pointer appearance-none truncate ps-3 pe-9 text-start text-sm',
        )}
      >
        {items.map((item) => (
          <option key={item.value} value={item.value}>
            {item.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute end-3 top-1/2 size-4 -translate-y-1/2 text-quiet"
      />
    </span>
  );
}
