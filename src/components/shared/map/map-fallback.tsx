import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import type { MapMarker } from './map-marker';

type MapFallbackProps = {
  className?: string | undefined;
  label: string;
  markers: readonly MapMarker[];
  reason: string;
  onRetry?: (() => void) | undefined;
};

/** What a map says in words, where it can't be drawn. */
export function MapFallback({ className, label, markers, reason, onRetry }: MapFallbackProps) {
  const t = useTranslations('shared.map');
  return (
    <section
      aria-label={label}
      className={cn('flex flex-col gap-3 overflow-auto bg-sunken p-4 text-sm', className)}
    >
      <p className="text-quiet">{reason}</p>
      {onRetry && (
        <Button variant="secondary" className="self-start" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
      <ul className="flex flex-col gap-1">
        {markers.map((marker) => (
          <li key={marker.id}>
            {marker.onSelect ? (
              <button
                type="button"
                onClick={marker.onSelect}
                className="min-h-11 rounded-control text-start underline decoration-line underline-offset-4"
              >
                {marker.label}
              </button>
            ) : (
              marker.label
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
