import { contourLines } from './contour';
import { simplifyRing } from './curves';
import {
  add,
  at,
  cross,
  distance,
  distanceToLine,
  dot,
  insideRing,
  leftOf,
  mix,
  type Ring,
  scale,
  signedArea,
  sub,
  unit,
  vec,
} from './plane';

export type Side = { from: { x: number; y: number }; by: number };

/** Joins sides that run on almost straight, so that corners are real corners. */
function mergeStraight(sides: Side[]): Side[] {
  const kept = sides.filter((side, i) => {
    const before = at(sides, (i - 1 + sides.length) % sides.length);
    const after = at(sides, (i + 1) % sides.length);
    const turn = cross(unit(sub(side.from, before.from)), unit(sub(after.from, side.from)));
    return Math.abs(turn) > 0.06 || Math.abs(side.by - before.by) > 0.1;
  });
  return kept.length < 3 ? sides : kept;
}

/** A counter-clockwise ring moved inwards, each side by its own distance; null when nothing is left. */
export function insetRing(sides: Side[]): Ring | null {
  const clean = mergeStraight(sides);
  const count = clean.length;
  const moved = clean.map((side, i) => {
    const to = at(clean, (i + 1) % count).from;
    const along = unit(sub(to, side.from));
    const shift = scale(leftOf(along), side.by);
    return { p: add(side.from, shift), end: add(to, shift), along };
  });
  const ring = moved.map((line, i) => {
    const before = at(moved, (i - 1 + count) % count);
    const turn = cross(before.along, line.along);
    if (Math.abs(turn) < 0.05) return mix(before.end, line.p, 0.5);
    return add(before.p, scale(before.along, cross(sub(line.p, before.p), line.along) / turn));
  });
  const outer = clean.map((side) => side.from);
  const least = Math.min(...clean.map((side) => side.by));
  if (isSound(ring, outer, least)) return ring;
  return insetByContour(outer, Math.max(...clean.map((side) => side.by)));
}

function isSound(ring: Ring, outer: Ring, least: number): boolean {
  if (signedArea(ring) < 60) return false;
  return ring.every((p, i) => {
    const next = at(ring, (i + 1) % ring.length);
    const original = sub(at(outer, (i + 1) % outer.length), at(outer, i));
    if (dot(sub(next, p), original) <= 0) return false;
    const halfway = mix(p, next, 0.5);
    return [p, halfway].every(
      (q) => insideRing(q, outer) && distanceToLine(q, outer, true) > least * 0.9,
    );
  });
}

/** For rings with narrow parts: the outline of what lies at least `by` metres inside. */
function insetByContour(outer: Ring, by: number): Ring | null {
  const xs = outer.map((p) => p.x);
  const ys = outer.map((p) => p.y);
  const depth = (p: { x: number; y: number }): number =>
    (insideRing(p, outer) ? 1 : -1) * distanceToLine(p, outer, true) - by;
  const low = vec(Math.min(...xs) - 5, Math.min(...ys) - 5);
  const high = vec(Math.max(...xs) + 5, Math.max(...ys) + 5);
  const rings = contourLines(depth, low, high, 6)
    .filter((line) => line.length > 4 && distance(at(line, 0), at(line, line.length - 1)) < 1e-6)
    .map((line) => simplifyRing(line.slice(0, -1), 1.2))
    .map((ring) => (signedArea(ring) < 0 ? [...ring].reverse() : ring));
  const largest = rings.reduce<Ring | null>(
    (best, ring) => (best === null || signedArea(ring) > signedArea(best) ? ring : best),
    null,
  );
  return largest !== null && signedArea(largest) > 80 ? largest : null;
}
