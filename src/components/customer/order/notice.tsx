import { BellRing, Clock3 } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { SOFT_TONE } from '@/components/ui/tone';
import type { Said } from './notice-words';

const LOOKS = {
  delay: { icon: Clock3, tone: SOFT_TONE.warn },
  imminent: { icon: BellRing, tone: SOFT_TONE.accent },
} as const;

/** One thing that has to be said at once. */
export function Notice({ about, said }: { about: keyof typeof LOOKS; said: Said }) {
  const { icon: Icon, tone } = LOOKS[about];
  return (
    <p className={cn('flex animate-rise gap-3 rounded-card px-4 py-3 text-sm', tone)}>
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
      <span suppressHydrationWarning className="numerals min-w-0 text-pretty text-ink">
        <strong className="block font-semibold">{said.title}</strong>
        {said.detail}
      </span>
    </p>
  );
}
