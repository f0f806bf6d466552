'use client';

import { useTranslations } from 'next-intl';
import { LazyMap } from '@/components/shared/lazy-map';
import type { MapMarker } from '@/components/shared/map/map-marker';
import type { GeoPoint } from '@/domain/geo';

type MapStop = { kind: 'restaurant' | 'door'; name: string; at: GeoPoint; muted?: boolean };

type DriverMapProps = {
  me: GeoPoint | null;
  headingDeg?: number | undefined;
  stops: readonly MapStop[];
  /** From where the driver is; gaps are left out. */
  route: readonly (GeoPoint | null)[];
  label: string;
  className?: string;
};

/** About 250 m: the map moves after the driver now and then, not with every fix. */
const GRID = 0.0025;
const rough = (degrees: number): number => Math.round(degrees / GRID) * GRID;

export function DriverMap({ me, headingDeg, stops, route, label, className }: DriverMapProps) {
  const t = useTranslations('driver');
  const markers: MapMarker[] = stops.map(({ kind, name, at, muted }, index) => ({
    id: `stop-${index}-${kind}`,
    kind,
    at,
    label: name,
    muted,
  }));
  if (me) markers.push({ id: 'me', kind: 'courier', at: me, headingDeg, label: t('you') });
  const here = me ? [roughly(me)] : [];
  const seen = stops.filter(({ muted }) => !muted).map(({ at }) => at);
  const alone = seen.length === 0;
  const line = route.filter((point) => point !== null);
  return (
    <LazyMap
      className={className ?? 'size-full'}
      fit={alone ? undefined : [...seen, ...here]}
      center={alone ? here[0] : undefined}
      zoom={alone ? 14.5 : undefined}
      route={line.length > 1 ? line : undefined}
      markers={markers}
      label={label}
    />
  );
}

const roughly = ({ lat, lng }: GeoPoint): GeoPoint => ({ lat: rough(lat), lng: rough(lng) });
