import type { GeoPoint } from './geo-point';

export type { GeoPoint } from './geo-point';

/** IUGG mean earth radius, metres. */
export const EARTH_RADIUS_M = 6_371_008.8;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in metres (haversine formula). */
export function haversineMeters(a: GeoPoint, b: GeoPoint): number {
  const sinLat = Math.sin(radians(b.lat - a.lat) / 2);
  const sinLng = Math.sin(radians(b.lng - a.lng) / 2);
  const h = sinLat * sinLat + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * sinLng * sinLng;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Initial bearing from a to b in degrees clockwise from north, [0, 360). */
export function bearingDegrees(a: GeoPoint, b: GeoPoint): number {
  const deltaLng = radians(b.lng - a.lng);
  const y = Math.sin(deltaLng) * Math.cos(radians(b.lat));
  const x =
    Math.cos(radians(a.lat)) * Math.sin(radians(b.lat)) -
    Math.sin(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.cos(deltaLng);
  return ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
}

/** The point reached from a by going `meters` along `bearing` degrees. */
export function destinationPoint(a: GeoPoint, bearing: number, meters: number): GeoPoint {
  const angular = meters / EARTH_RADIUS_M;
  const lat1 = radians(a.lat);
  const lat2 = Math.asin(
    Math.sin(lat1) * Math.cos(angular) +
      Math.cos(lat1) * Math.sin(angular) * Math.cos(radians(bearing)),
  );
  const lng2 =
    radians(a.lng) +
    Math.atan2(
      Math.sin(radians(bearing)) * Math.sin(angular) * Math.cos(lat1),
      Math.cos(angular) - Math.sin(lat1) * Math.sin(lat2),
    );
  return { lat: (lat2 * 180) / Math.PI, lng: (((lng2 * 180) / Math.PI + 540) % 360) - 180 };
}
