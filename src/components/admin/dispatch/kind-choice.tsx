'use client';

import { Combine, LocateFixed, Megaphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { cn } from '@/components/ui/cn';
import { POLICY_KINDS, type PolicyKind } from '@/domain/dispatch/policy-kinds';

const ICONS = { nearest: LocateFixed, broadcast: Megaphone, batch: Combine } as const;

type KindChoiceProps = { kind: PolicyKind; onChange: (kind: PolicyKind) => void };

/** The three policies side by side, each with what it is good for. */
export function KindChoice({ kind, onChange }: KindChoiceProps) {
  const t = useTranslations('dispatch');
  const name = useId();
  return (
    <fieldset className="mt-4 grid gap-3 sm:grid-cols-3">
      <legend className="sr-only">{t('kinds')}</legend>
      {POLICY_KINDS.map((value) => {
        const Icon = ICONS[value];
        const chosen = value === kind;
        return (
          <label
            key={value}
            className={cn(
              'relative flex cursor-pointer flex-col gap-1.5 rounded-card border p-4 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent',
              chosen ? 'border-accent bg-accent-soft' : 'border-line hover:border-quiet',
            )}
          >
            <input
              type="radio"
              name={name}
              value={value}
              checked={chosen}
              onChange={() => onChange(value)}
              className="absolute inset-0 size-full cursor-pointer appearance-none rounded-card outline-none"
            />
            <span className="pointer-events-none flex items-center gap-2 font-medium">
              <Icon aria-hidden="true" className="size-5 text-accent-ink" />
              {t(`kind.${value}.name`)}
            </span>
            <span className="pointer-events-none text-pretty text-quiet text-sm">
              {t(`kind.${value}.detail`)}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
