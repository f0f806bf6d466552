'use client';

import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { type Corners, nudged, withCornerAt, withoutCorner } from '@/domain/drawn-area';

/** An arrow key moves a corner so far, metres; with Shift held a tenth of it. */
const STEP_M = 100;
const FINE_M = 10;

type CornerListProps = {
  corners: Corners;
  chosen: number | null;
  onChoose: (n: number) => void;
  onChange: (corners: Corners) => void;
};

/** The corners as text, and their place in the order of keys: arrows move one, Delete removes it. */
export function CornerList({ corners, chosen, onChoose, onChange }: CornerListProps) {
  const t = useTranslations('desk.area');
  const removable = corners.length > 3;
  return (
    <ul aria-label={t('corners')} className="mt-2 grid gap-1.5 sm:grid-cols-2 lg:grid-cols-3">
      {corners.map((corner, n) => {
        const label = t('corner', { n: String(n + 1) });
        const at = `${corner.lat.toFixed(4)}, ${corner.lng.toFixed(4)}`;
        return (
          <li key={label} className="flex items-center gap-1">
            <button
              type="button"
              aria-label={t('cornerKeys', { corner: label, at })}
              onFocus={() => onChoose(n)}
              onClick={() => onChoose(n)}
              onKeyDown={(event) => {
                const next = nudged(corner, event.key, event.shiftKey ? FINE_M : STEP_M);
                if (next) onChange(withCornerAt(corners, n, next));
                else if (event.key === 'Delete') onChange(withoutCorner(corners, n));
                else return;
                event.preventDefault();
              }}
              className={cn(
                'numerals flex min-h-11 flex-1 items-center justify-between gap-3 rounded-control border px-3 text-start text-sm',
                chosen === n ? 'border-accent bg-accent-soft' : 'border-line bg-raised',
              )}
            >
              <span className="font-medium">{label}</span>
              <span dir="ltr" className="text-quiet text-xs">
                {at}
              </span>
            </button>
            <Button
              variant="quiet"
              size="icon"
              aria-label={t('removeCorner', { corner: label })}
              disabled={!removable}
              onClick={() => onChange(withoutCorner(corners, n))}
            >
              <Trash2 aria-hidden="true" />
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
