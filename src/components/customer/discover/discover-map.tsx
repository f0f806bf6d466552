'use client';

import { useTranslations } from 'next-intl';
import type { Place } from '@/components/customer/address/default-place';
import { Map as City } from '@/components/shared/map/map';
import type { MapMarker } from '@/components/shared/map/map-marker';
import type { NearbyRestaurant, PlaceKind } from '@/domain/restaurant';

const GLYPHS: Record<PlaceKind, NonNullable<MapMarker['glyph']>> = {
  restaurant: 'cutlery',
  grocery: 'basket',
  pharmacy: 'cross',
};

type DiscoverMapProps = {
  entries: readonly NearbyRestaurant[];
  where: Place;
  /** The one that the list points at. */
  marked: string | null;
  onMark: (id: string | null) => void;
  onChoose: (id: string) => void;
  /** Where to look, when it is not the door. */
  center?: MapMarker['at'];
};

/** The twin of the list. */
export function DiscoverMap({
  entries,
  where,
  marked,
  onMark,
  onChoose,
  center = where.at,
}: DiscoverMapProps) {
  const t = useTranslations('discover.map');
  return (
    <City
      className="size-full"
      center={center}
      zoom={14.2}
      label={t('label')}
      markers={[
        ...entries.map(({ restaurant: { id, kind, name, location }, open }) => ({
          id,
          kind: 'restaurant' as const,
          glyph: GLYPHS[kind],
          at: location,
          label: open ? name : t('closed', { name }),
          muted: !open,
          ...(id === marked ? { tone: 'accent' as const } : {}),
          onSelect: () => onChoose(id),
          onHover: (over: boolean) => onMark(over ? id : null),
        })),
        {
          id: 'door',
          kind: 'door' as const,
          at: where.at,
          label: t('door', { address: where.address }),
        },
      ]}
    />
  );
}
