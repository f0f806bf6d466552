'use client';

import { type ReactNode, useId } from 'react';
import { choiceRowStyle, markStyle } from './checkbox';
import { cn } from './cn';

export type Choice<Value extends string> = {
  value: Value;
  label: ReactNode;
  aside?: ReactNode;
  disabled?: boolean;
};

type RadioGroupProps<Value extends string> = {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  className?: string;
};

export function RadioGroup<Value extends string>({
  label,
  choices,
  value,
  onChange,
  className,
}: RadioGroupProps<Value>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={cn('flex flex-col', className)}>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className={cn(choiceRowStyle, choice.disabled && 'cursor-default opacity-55')}
        >
          <span className="relative grid size-5 shrink-0 place-items-center">
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              disabled={choice.disabled}
              onChange={() => onChange(choice.value)}
              className={cn(markStyle, 'rounded-full')}
            />
            <span className="pointer-events-none absolute size-2 rounded-full bg-on-accent opacity-0 transition-opacity peer-checked:opacity-100" />
          </span>
          <span className="min-w-0 flex-1">{choice.label}</span>
          {choice.aside}
        </label>
      ))}
    </div>
  );
}
