import { MapPin, Store } from 'lucide-react';
import { useTranslations } from 'next-intl';

type RouteStop = {
  key: string;
  kind: 'restaurant' | 'door';
  title: string;
  detail: string;
  km: string;
};

/** Stops from top to bottom, with the way to each. */
export function RouteStops({ stops }: { stops: readonly RouteStop[] }) {
  const t = useTranslations('driver.offer');
  return (
    <ol aria-label={t('stops')} className="flex flex-col">
      {stops.map((stop, index) => {
        const Icon = stop.kind === 'restaurant' ? Store : MapPin;
        return (
          <li key={stop.key} className="relative flex gap-3.5 pb-4 last:pb-0">
            {index < stops.length - 1 && (
              <span
                aria-hidden="true"
                className="absolute top-10 bottom-1 start-[19px] w-0.5 rounded-full bg-line"
              />
            )}
            <span
              aria-hidden="true"
              className="grid size-10 shrink-0 place-items-center rounded-full bg-hover text-ink"
            >
              <Icon className="size-5" />
            </span>
            <div className="min-w-0 flex-1">
              <p className="flex items-baseline justify-between gap-3">
                <span dir="auto" className="heading min-w-0 flex-1 truncate text-base">
                  {stop.title}
                </span>
                <span className="numerals shrink-0 text-quiet text-sm">{stop.km}</span>
              </p>
              <p dir="auto" className="text-pretty text-quiet text-sm">
                {stop.detail}
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
