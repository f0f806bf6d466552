'use client';

import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';

const RADIUS = 42;
const AROUND = 2 * Math.PI * RADIUS;

type CountdownRingProps = { seconds: number; share: number; className?: string };

/** Seconds in a ring that runs down. */
export function CountdownRing({ seconds, share, className }: CountdownRingProps) {
  const t = useTranslations('driver.offer');
  const hurry = seconds <= 5;
  return (
    <div
      role="timer"
      aria-label={t('secondsLeft')}
      className={cn('relative grid size-24 place-items-center', className)}
    >
      <svg viewBox="0 0 100 100" aria-hidden="true" className="-rotate-90 absolute inset-0">
        <circle cx="50" cy="50" r={RADIUS} className="fill-none stroke-hover" strokeWidth="9" />
        <circle
          cx="50"
          cy="50"
          r={RADIUS}
          strokeWidth="9"
          strokeLinecap="round"
          strokeDasharray={AROUND}
          strokeDashoffset={AROUND * (1 - share)}
          className={cn(
            'fill-none transition-[stroke-dashoffset,stroke] duration-200 ease-linear',
            hurry ? 'stroke-bad' : 'stroke-accent',
          )}
        />
      </svg>
      <span className="text-center">
        <span className="numerals heading block text-xl leading-7">{seconds}</span>
        <span className="block text-quiet text-xs leading-3">{t('left')}</span>
      </span>
    </div>
  );
}
