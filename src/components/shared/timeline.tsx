import { Check, type LucideIcon, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

export type TimelineStep = {
  key: string;
  title: ReactNode;
  detail?: ReactNode;
  /** When it happened, already in words. */
  time?: ReactNode;
  state: 'done' | 'now' | 'next' | 'failed';
  /** The shape while it is the current step. */
  icon?: LucideIcon;
};

const DOT = {
  done: 'bg-good text-raised',
  now: 'bg-accent text-on-accent',
  next: 'border-2 border-line bg-raised',
  failed: 'bg-bad text-on-bad',
} as const;

/** Steps from top to bottom; the line fills up to where things are now. */
export function Timeline({ label, steps }: { label: string; steps: readonly TimelineStep[] }) {
  const t = useTranslations('shared.timeline');
  return (
    <ol aria-label={label} className="flex flex-col">
      {steps.map((step, index) => {
        const last = index === steps.length - 1;
        const reached = steps[index + 1]?.state !== 'next';
        return (
          <li
            key={step.key}
            aria-current={step.state === 'now' ? 'step' : undefined}
            className="relative flex gap-3.5 pb-5 last:pb-0"
          >
            {!last && (
              <span
                aria-hidden="true"
                className="absolute top-6 bottom-0 start-[11px] w-0.5 overflow-hidden bg-line"
              >
                <span
                  className={cn(
                    'block size-full origin-top bg-good transition-transform duration-700 ease-settle',
                    reached && step.state !== 'next' ? 'scale-y-100' : 'scale-y-0',
                  )}
                />
              </span>
            )}
            <Dot step={step} />
            <div className="min-w-0 flex-1 pt-px">
              <div className="flex items-baseline justify-between gap-3">
                <span
                  className={cn(
                    'text-sm',
                    step.state === 'next' ? 'text-faint' : 'font-medium text-ink',
                  )}
                >
                  <span className="sr-only">{t(step.state)} </span>
                  {step.title}
                </span>
                {step.time && <span className="numerals text-faint text-xs">{step.time}</span>}
              </div>
              {step.detail && <p className="mt-0.5 text-quiet text-sm">{step.detail}</p>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Dot({ step }: { step: TimelineStep }) {
  const Icon = step.state === 'done' ? Check : step.state === 'failed' ? X : step.icon;
  return (
    <span
      aria-hidden="true"
      className={cn(
        'relative grid size-6 shrink-0 place-items-center rounded-full transition-colors duration-500',
        DOT[step.state],
      )}
    >
      {step.state === 'now' && (
        <span className="absolute inset-0 animate-ping-slow rounded-full bg-accent opacity-25" />
      )}
      {step.state !== 'next' && Icon && <Icon className="relative size-3.5" strokeWidth={2.75} />}
    </span>
  );
}
