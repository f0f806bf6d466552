'use client';

import { ChevronDown, Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import type { GeoPoint } from '@/domain/geo-point';
import type { Corner, Ring } from '@/domain/ring';

type CornerListProps = {
  ring: Ring;
  onChange: (ring: Ring) => void;
  /** Where the first corner goes. */
  start: GeoPoint | null;
};

/** The corners as numbers: exact, and there where no map can be drawn. */
export function CornerList({ ring, onChange, start }: CornerListProps) {
  const t = useTranslations('polygon');
  const put = (index: number, axis: 0 | 1, text: string) => {
    const degrees = Number(text);
    if (text.trim() === '' || !Number.isFinite(degrees)) return;
    onChange(
      ring.map((corner, n): Corner => {
        if (n !== index) return corner;
        return axis === 0 ? [degrees, corner[1]] : [corner[0], degrees];
      }),
    );
  };
  const add = () => {
    const last = ring.at(-1) ?? (start ? ([start.lng, start.lat] as const) : ([0, 0] as const));
    onChange([...ring, last]);
  };
  return (
    <details className="group">
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 text-sm">
        {t('list')}
        <ChevronDown
          aria-hidden="true"
          className="size-4 text-quiet transition-transform group-open:rotate-180 motion-reduce:transition-none"
        />
      </summary>
      <ol className="flex flex-col gap-2">
        {ring.map((corner, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: corners have no other name
          <li key={index} className="flex items-center gap-2">
            <span aria-hidden="true" className="numerals w-6 text-end text-faint text-sm">
              {index + 1}
            </span>
            <Input
              dir="ltr"
              inputMode="decimal"
              aria-label={t('latitude', { number: index + 1 })}
              key={`lat-${corner[1]}`}
              defaultValue={corner[1]}
              onBlur={(event) => put(index, 1, event.target.value)}
              className="numerals text-sm"
            />
            <Input
              dir="ltr"
              inputMode="decimal"
              aria-label={t('longitude', { number: index + 1 })}
              key={`lng-${corner[0]}`}
              defaultValue={corner[0]}
              onBlur={(event) => put(index, 0, event.target.value)}
              className="numerals text-sm"
            />
            <Button
              variant="quiet"
              size="icon"
              aria-label={t('remove', { number: index + 1 })}
              onClick={() => onChange(ring.filter((_, n) => n !== index))}
            >
              <Trash2 aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ol>
      <Button size="sm" className="mt-2" onClick={add}>
        <Plus aria-hidden="true" />
        {t('add')}
      </Button>
    </details>
  );
}
