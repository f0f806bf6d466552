import type { GeoPoint } from '@/domain/geo';

/** How far the demo city's map reaches. */
export const CITY_BOUNDS: { southWest: GeoPoint; northEast: GeoPoint } = {
  southWest: { lat: 37.845, lng: -29.71 },
  northEast: { lat: 37.975, lng: -29.49 },
};
