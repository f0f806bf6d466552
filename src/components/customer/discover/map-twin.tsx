'use client';

import type { Place } from '@/components/customer/address/default-place';
import type { NearbyRestaurant } from '@/domain/restaurant';
import { DiscoverMap } from './discover-map';
import { MapCards } from './map-cards';

type MapTwinProps = {
  entries: readonly NearbyRestaurant[];
  where: Place;
  now: Date;
  /** Beside the list; else in its place, with the cards under it. */
  wide: boolean;
  marked: string | null;
  /** Chosen on the map: its card comes into view. */
  chosen: string | null;
  onMark: (id: string | null) => void;
  onChoose: (id: string) => void;
};

/** The map of what the list shows. */
export function MapTwin({ wide, now, chosen, ...map }: MapTwinProps) {
  const looked = map.entries.find(({ restaurant }) => restaurant.id === map.marked);
  return (
    <>
      <DiscoverMap {...map} center={wide ? undefined : looked?.restaurant.location} />
      {!wide && (
        <MapCards
          entries={map.entries}
          now={now}
          marked={map.marked}
          chosen={chosen}
          onMark={map.onMark}
        />
      )}
    </>
  );
}
