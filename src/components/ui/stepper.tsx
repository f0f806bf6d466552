'use client';

import { Minus, Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from './cn';

type StepperProps = {
  /** What is counted, for the names of the buttons. */
  label: string;
  value: number;
  onChange: (value: number) => void;
  min?: number;
  max?: number;
  className?: string;
};

/** At `min` 0 the last step down removes. */
export function Stepper({ label, value, onChange, min = 1, max = 20, className }: StepperProps) {
  const t = useTranslations('ui.stepper');
  const removes = min === 0 && value === 1;
  return (
    <div
      className={cn(
        'inline-flex h-11 items-center rounded-control border border-line bg-raised',
        className,
      )}
    >
      <button
        type="button"
        aria-label={t(removes ? 'remove' : 'less', { label })}
        disabled={value <= min}
        onClick={() => onChange(value - 1)}
        className={stepStyle}
      >
        {removes ? <Trash2 aria-hidden="true" /> : <Minus aria-hidden="true" />}
      </button>
      <output
        aria-label={t('quantity', { label })}
        className="numerals w-6 text-center font-medium text-sm"
      >
        {value}
      </output>
      <button
        type="button"
        aria-label={t('more', { label })}
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
        className={stepStyle}
      >
        <Plus aria-hidden="true" />
      </button>
    </div>
  );
}

const stepStyle =
  'grid h-full w-11 place-items-center rounded-control text-quiet transition-colors hover:bg-hover hover:text-ink disabled:opacity-40 [&_svg]:size-4';
