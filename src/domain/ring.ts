/** A corner as GeoJSON has it: [longitude, latitude], degrees. */
export type Corner = readonly [lng: number, lat: number];
/** A polygon's outline, its first corner not repeated at the end. */
export type Ring = readonly Corner[];

export const RING_PROBLEMS = [
  'too_few',
  'too_many',
  'off_the_map',
  'crosses',
  'too_small',
] as const;
export type RingProblem = (typeof RING_PROBLEMS)[number];

export const MOST_CORNERS = 200;
/** Square metres: a hectare. */
const LEAST_AREA_M2 = 10_000;
const METRES_PER_DEGREE = 111_320;

/** Twice the signed area of a triangle: on which side of a–b does c lie. */
const side = ([ax, ay]: Corner, [bx, by]: Corner, [cx, cy]: Corner): number =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

const between = (a: number, b: number, c: number): boolean =>
  Math.min(a, b) <= c && c <= Math.max(a, b);

const onEdge = (a: Corner, b: Corner, c: Corner): boolean =>
  side(a, b, c) === 0 && between(a[0], b[0], c[0]) && between(a[1], b[1], c[1]);

function touch(a: Corner, b: Corner, c: Corner, d: Corner): boolean {
  const [abc, abd, cda, cdb] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (
    ((abc > 0 && abd < 0) || (abc < 0 && abd > 0)) &&
    ((cda > 0 && cdb < 0) || (cda < 0 && cdb > 0))
  )
    return true;
  return onEdge(a, b, c) || onEdge(a, b, d) || onEdge(c, d, a) || onEdge(c, d, b);
}

const edgesOf = (ring: Ring): (readonly [Corner, Corner])[] =>
  ring.flatMap((corner, n) => {
    const next = ring[(n + 1) % ring.length];
    return next ? [[corner, next] as const] : [];
  });

function crosses(ring: Ring): boolean {
  const edges = edgesOf(ring);
  return edges.some(([a, b], n) =>
    edges.some(([c, d], m) => {
      if (m <= n) return false;
      const neighbours = m === n + 1 || (n === 0 && m === edges.length - 1);
      // Neighbours share a corner: they cross when one folds back onto the other.
      if (neighbours) return n + 1 === m ? onEdge(a, b, d) || onEdge(c, d, a) : onEdge(a, b, c);
      return touch(a, b, c, d);
    }),
  );
}

/** About, on a plane at the ring's middle latitude; good for what fits on a city map. */
export function ringAreaM2(ring: Ring): number {
  if (ring.length < 3) return 0;
  const middle = ring.reduce((sum, [, lat]) => sum + lat, 0) / ring.length;
  const narrow = Math.cos((middle * Math.PI) / 180);
  const doubled = edgesOf(ring).reduce((sum, [[ax, ay], [bx, by]]) => sum + ax * by - bx * ay, 0);
  return (Math.abs(doubled) / 2) * METRES_PER_DEGREE ** 2 * narrow;
}

/** Why this is no outline of an area, or null. */
export function ringProblem(ring: Ring): RingProblem | null {
  if (ring.length < 3) return 'too_few';
  if (ring.length > MOST_CORNERS) return 'too_many';
  const known = ring.every(([lng, lat]) => Math.abs(lng) <= 180 && Math.abs(lat) <= 85);
  if (!known) return 'off_the_map';
  if (crosses(ring)) return 'crosses';
  return ringAreaM2(ring) < LEAST_AREA_M2 ? 'too_small' : null;
}

/** Where on the ring a corner at this place belongs: in the edge that it lengthens least. */
export function placeInRing(ring: Ring, [x, y]: Corner): number {
  if (ring.length < 3) return ring.length;
  const far = ([ax, ay]: Corner, [bx, by]: Corner) => Math.hypot(ax - bx, ay - by);
  const detours = edgesOf(ring).map(([a, b]) => far(a, [x, y]) + far([x, y], b) - far(a, b));
  return detours.indexOf(Math.min(...detours)) + 1;
}
