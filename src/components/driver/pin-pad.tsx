'use client';

import { Delete } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

export const PIN_LENGTH = 4;
const PLACES = [0, 1, 2, 3] as const;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

type PinPadProps = {
  digits: string;
  onChange: (digits: string) => void;
  wrong: boolean;
};

/** Four boxes and keys as large as a glove; no keyboard of the phone comes up over them. */
export function PinPad({ digits, onChange, wrong }: PinPadProps) {
  const t = useTranslations('driver.pin');
  const add = (digit: string) => onChange((digits + digit).slice(0, PIN_LENGTH));
  return (
    <div dir="ltr">
      <div className="relative mx-auto flex w-fit gap-3">
        {PLACES.map((place) => (
          <span
            key={place}
            aria-hidden="true"
            className={cn(
              'numerals heading grid h-18 w-15 place-items-center rounded-card border-2 bg-page text-2xl transition-colors',
              wrong ? 'border-bad' : place === digits.length ? 'border-accent' : 'border-line',
            )}
          >
            {digits[place]}
          </span>
        ))}
        <input
          type="text"
          inputMode="none"
          autoComplete="off"
          aria-label={t('digits')}
          aria-invalid={wrong || undefined}
          maxLength={PIN_LENGTH}
          value={digits}
          onChange={(event) => onChange(event.target.value.replace(/\D/g, '').slice(0, PIN_LENGTH))}
          className="absolute inset-0 size-full rounded-card bg-transparent text-transparent caret-transparent outline-offset-4 selection:bg-transparent"
        />
      </div>
      <div className="mx-auto mt-5 grid max-w-xs grid-cols-3 gap-2">
        {KEYS.map((key) => (
          <Key key={key} onPress={() => add(key)}>
            {key}
          </Key>
        ))}
        <span />
        <Key onPress={() => add('0')}>0</Key>
        <Key onPress={() => onChange(digits.slice(0, -1))} label={t('delete')}>
          <Delete aria-hidden="true" className="size-6" />
        </Key>
      </div>
    </div>
  );
}

type KeyProps = { onPress: () => void; label?: string; children: ReactNode };

const Key = ({ onPress, label, children }: KeyProps) => (
  <button
    type="button"
    aria-label={label}
    onClick={onPress}
    className="numerals grid h-14 select-none place-items-center rounded-card bg-hover font-semibold text-xl transition-colors active:bg-accent-soft"
  >
    {children}
  </button>
);
