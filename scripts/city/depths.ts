import { contourLines } from './contour';
import { relax, simplify, simplifyRing } from './curves';
import { HARBOUR, SEED } from './plan-land';
import { at, distance, distanceToLine, insideRing, type Ring, type Vec, vec } from './plane';
import { fractalNoise } from './random';
import type { Terrain } from './terrain';

const CELL = 50;
const LOW = vec(-7200, -5200);
const HIGH = vec(7600, 7800);
/** How far each step of the sea bed reaches from the shore, in metres. */
const REACHES = [430, 210, 85];

/** The shallows as outlines with holes, the widest first. The harbour is dredged. */
export function soundDepths(terrain: Terrain): Ring[][][] {
  const shores = [terrain.island, ...terrain.outworks.filter((ring) => ring.length === 40)].map(
    (ring) => simplify(ring, 6),
  );
  const known = new Map<string, number>();
  const offshore = (p: Vec): number => {
    const key = `${p.x} ${p.y}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const away = insideRing(p, at(shores, 0))
      ? -CELL
      : Math.min(...shores.map((ring) => distanceToLine(p, ring, true)));
    known.set(key, away);
    return away;
  };
  return REACHES.map((reach) => {
    const height = (p: Vec): number => {
      const dredged = 1 - Math.exp(-((distance(p, HARBOUR.centre) / 1230) ** 4));
      const uneven = 1 + 0.42 * fractalNoise(p.x, p.y, 900, SEED + 95, 3);
      return reach * uneven * dredged - offshore(p);
    };
    const rings = contourLines(height, LOW, HIGH, CELL)
      .filter((line) => line.length > 8)
      .map((line) => simplifyRing(relax(line.slice(0, -1), 3, true), 3));
    return nest(rings);
  });
}

/** Rings that lie in another one are its holes. */
function nest(rings: Ring[]): Ring[][] {
  const outer = rings.filter(
    (ring) => !rings.some((o) => o !== ring && insideRing(at(ring, 0), o)),
  );
  return outer.map((ring) => [
    ring,
    ...rings.filter((hole) => hole !== ring && insideRing(at(hole, 0), ring)),
  ]);
}
