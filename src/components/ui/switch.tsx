import type { ReactNode } from 'react';
import { cn } from './cn';

type SwitchProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: ReactNode;
  disabled?: boolean;
  className?: string;
};

export function Switch({ checked, onChange, label, disabled, className }: SwitchProps) {
  return (
    <label
      className={cn(
        'inline-flex min-h-11 cursor-pointer select-none items-center gap-2.5 text-sm',
        disabled && 'cursor-default opacity-55',
        className,
      )}
    >
      <span className="relative flex h-6 w-10 shrink-0 items-center">
        <input
          type="checkbox"
          role="switch"
          aria-checked={checked}
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
          className="peer absolute inset-0 cursor-[inherit] appearance-none rounded-full bg-edge transition-colors checked:bg-accent"
        />
        <span className="pointer-events-none relative ms-0.5 size-5 rounded-full bg-raised transition-transform duration-200 ease-settle peer-checked:translate-x-4 rtl:peer-checked:-translate-x-4" />
      </span>
      {label}
    </label>
  );
}
