import type { GeoPoint } from '@/domain/geo';

/** Where the food goes: the door on the map and what it is called. */
export type Place = {
  at: GeoPoint;
  address: string;
  /** For the driver, as it was kept with the address. */
  note?: string;
};

/** A door in the old town of the demo city, so that a newcomer sees restaurants at once. */
export const DEFAULT_PLACE: Place = {
  at: { lat: 37.891095, lng: -29.605547 },
  address: '75 Cathedral Street, Old Town',
};
