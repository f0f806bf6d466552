import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

type CheckboxProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: ReactNode;
  aside?: ReactNode;
  disabled?: boolean;
  className?: string;
};

export function Checkbox({ checked, onChange, label, aside, disabled, className }: CheckboxProps) {
  return (
    <label className={cn(choiceRowStyle, disabled && 'cursor-default opacity-55', className)}>
      <span className="relative grid size-5 shrink-0 place-items-center">
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
          className={cn(markStyle, 'rounded-[5px]')}
        />
        <Check
          aria-hidden="true"
          strokeWidth={3.2}
          className="pointer-events-none absolute size-3.5 text-on-accent opacity-0 transition-opacity peer-checked:opacity-100"
        />
      </span>
      <span className="min-w-0 flex-1">{label}</span>
      {aside}
    </label>
  );
}

export const choiceRowStyle = 'flex min-h-11 cursor-pointer items-center gap-3 py-1.5 text-sm';

export const markStyle =
  'peer size-5 shrink-0 cursor-[inherit] appearance-none border-[1.5px] border-edge bg-raised transition-colors checked:border-accent checked:bg-accent';
