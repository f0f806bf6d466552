'use client';

import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';

type MinuteChoicesProps = {
  choices: readonly number[];
  /** The one that is likely. */
  usual?: number;
  /** Said before the minutes, e.g. a plus. */
  sign?: string;
  busy: boolean;
  onChoose: (minutes: number) => void;
};

/** One touch says how long, with gloves on. */
export function MinuteChoices({ choices, usual, sign = '', busy, onChoose }: MinuteChoicesProps) {
  const format = useFormat();
  return (
    <div className="grid grid-cols-2 gap-2.5 sm:grid-cols-3" aria-busy={busy || undefined}>
      {choices.map((minutes) => (
        <Button
          key={minutes}
          size="thumb"
          variant={minutes === usual ? 'primary' : 'secondary'}
          disabled={busy}
          onClick={() => onChoose(minutes)}
          className="numerals"
        >
          {`${sign}${format.minutes(minutes)}`}
        </Button>
      ))}
    </div>
  );
}
