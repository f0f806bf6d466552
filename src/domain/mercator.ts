import { EARTH_RADIUS_M, type GeoPoint } from './geo';

/** A place on Mercator's plane, radians of the equator; see `mercator` in the database. */
export type PlanePoint = { x: number; y: number };

const MAX_LAT = 89.9;
/** From here to the poles the plane is stretched too much to go by. */
const POLAR_LAT = 80;
/** Wider than what the database and this file disagree about in the earth's radius and in rounding. */
const MARGIN = 1 + 1e-5;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

export function toPlane({ lat, lng }: GeoPoint): PlanePoint {
  const clamped = Math.min(Math.max(lat, -MAX_LAT), MAX_LAT);
  return { x: radians(lng), y: Math.log(Math.tan(Math.PI / 4 + radians(clamped) / 2)) };
}

/**
 * The distance on the plane within which lies everything that is no farther from `at` than so many metres: the
 * way there, stretched as it would be at the latitude nearest to a pole that it can reach. Infinity where the
 * way may cross the date line or come near a pole.
 */
export function planeDistanceWithin(at: GeoPoint, meters: number): number {
  const angle = meters / EARTH_RADIUS_M;
  const poleward = radians(Math.abs(at.lat)) + angle;
  if (poleward > radians(POLAR_LAT)) return Number.POSITIVE_INFINITY;
  const distance = (angle / Math.cos(poleward)) * MARGIN;
  const crosses = radians(Math.abs(at.lng)) + distance >= Math.PI;
  return crosses ? Number.POSITIVE_INFINITY : distance;
}
