import { destinationPoint, type GeoPoint, haversineMeters } from './geo';

/** Corners of an area that is drawn on a map, in their order; the last is joined to the first. */
export type Corners = readonly GeoPoint[];

const CIRCLE_CORNERS = 64;

/** A circle as it is drawn. */
export const circleAround = (
  centre: GeoPoint,
  radiusM: number,
  corners = CIRCLE_CORNERS,
): Corners =>
  Array.from({ length: corners }, (_, n) => destinationPoint(centre, (n * 360) / corners, radiusM));

/** Where a drawn area begins: eight corners, near enough to the circle that it replaces. */
export const octagonAround = (centre: GeoPoint, radiusM: number): Corners =>
  circleAround(centre, radiusM, 8);

const middleOf = (a: GeoPoint, b: GeoPoint): GeoPoint => ({
  lat: (a.lat + b.lat) / 2,
  lng: (a.lng + b.lng) / 2,
});

/** Squared distance of a point from a side, on a map that is flat here. */
function fromSide(at: GeoPoint, a: GeoPoint, b: GeoPoint): number {
  const scale = Math.cos((at.lat * Math.PI) / 180);
  const [ax, ay] = [(a.lng - at.lng) * scale, a.lat - at.lat];
  const [dx, dy] = [(b.lng - a.lng) * scale, b.lat - a.lat];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length));
  return (ax + t * dx) ** 2 + (ay + t * dy) ** 2;
}

function bestSide(corners: Corners, cost: (a: GeoPoint, b: GeoPoint) => number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [n, corner] of corners.entries()) {
    const next = corners[(n + 1) % corners.length] ?? corner;
    const here = cost(corner, next);
    if (here < least) [best, least] = [n, here];
  }
  return best;
}

/** A new corner in the side that is nearest to it. */
export function withCorner(corners: Corners, at: GeoPoint): Corners {
  const side = bestSide(corners, (a, b) => fromSide(at, a, b));
  return corners.toSpliced(corners.length < 3 ? corners.length : side + 1, 0, at);
}

/** A new corner in the middle of the longest side, for those who don't point. */
export function withLongestSideSplit(corners: Corners): Corners {
  const side = bestSide(corners, (a, b) => -haversineMeters(a, b));
  const [a, b] = [corners[side], corners[(side + 1) % corners.length]];
  return a && b ? corners.toSpliced(side + 1, 0, middleOf(a, b)) : corners;
}

export const withCornerAt = (corners: Corners, n: number, at: GeoPoint): Corners =>
  corners.map((corner, each) => (each === n ? at : corner));

/** An area keeps three corners. */
export const withoutCorner = (corners: Corners, n: number): Corners =>
  corners.length <= 3 ? corners : corners.toSpliced(n, 1);

const BEARINGS = { ArrowUp: 0, ArrowRight: 90, ArrowDown: 180, ArrowLeft: 270 } as const;

/** The corner so many metres farther in the direction of an arrow key, or null for another key. */
export function nudged(corner: GeoPoint, key: string, meters: number): GeoPoint | null {
  const found = Object.entries(BEARINGS).find(([name]) => name === key);
  return found ? destinationPoint(corner, found[1], meters) : null;
}
