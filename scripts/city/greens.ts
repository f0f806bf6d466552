import { contourLines, keepStretches } from './contour';
import { relax, resample, simplifyRing, spline } from './curves';
import type { Face } from './faces';
import { BEACHES, SEED } from './plan-land';
import { WOODS } from './plan-places';
import { TOWN } from './plan-streets';
import {
  add,
  at,
  centroid,
  distance,
  distanceToLine,
  insideRing,
  type Line,
  mix,
  type Ring,
  scale,
  sub,
  type Vec,
  vec,
} from './plane';
import { fractalNoise, type Random } from './random';
import type { Terrain } from './terrain';

export type Green = {
  name: string;
  kind: 'park' | 'cemetery' | 'sport' | 'wood' | 'beach' | 'square' | 'isle';
  rings: Ring[];
};

function closedRings(
  height: (p: Vec) => number,
  centre: Vec,
  reach: number,
  cell: number,
  tolerance: number,
): Ring[] {
  const low = vec(centre.x - reach, centre.y - reach);
  const high = vec(centre.x + reach, centre.y + reach);
  return contourLines(height, low, high, cell)
    .filter((line) => line.length > 8 && distance(at(line, 0), at(line, line.length - 1)) < 1e-6)
    .map((line) => simplifyRing(relax(line.slice(0, -1), 2, true), tolerance));
}

const inland = (p: Vec, terrain: Terrain): number =>
  (insideRing(p, terrain.island) ? 1 : -1) * distanceToLine(p, terrain.island, true);

export function growWoods(terrain: Terrain): Green[] {
  return WOODS.map(({ name, at: centre, radius, stretch }, i) => {
    const height = (p: Vec): number => {
      const away = Math.sqrt(((p.x - centre.x) / stretch) ** 2 + (p.y - centre.y) ** 2);
      const edge = radius * (1 + 0.5 * fractalNoise(p.x, p.y, 520, SEED + 80 + i, 4)) - away;
      if (edge < -60) return edge;
      const town = (insideRing(p, TOWN) ? -1 : 1) * distanceToLine(p, TOWN, true) - 110;
      const brook = distanceToLine(p, terrain.riverMiddle) - 70;
      return Math.min(edge, town, brook, inland(p, terrain) - 45);
    };
    const rings = closedRings(height, centre, radius * 2.2, 30, 5);
    return { name, kind: 'wood' as const, rings: rings.filter((ring) => ring.length > 8) };
  });
}

export function layBeaches(terrain: Terrain): Green[] {
  const names = ['Saltmarsh Sands', 'Heath Strand', 'Gannet Cove'];
  return BEACHES.map(({ centre, radius }, i) => {
    const height = (p: Vec): number => {
      const sand = Math.exp(-((distance(p, centre) / radius) ** 4));
      const shore = inland(p, terrain);
      const width = 52 * sand - 12 + 6 * fractalNoise(p.x, p.y, 90, SEED + 90, 2);
      return Math.min(shore + 7, width - shore);
    };
    const rings = closedRings(height, centre, radius * 1.4, 10, 1.2);
    return {
      name: names[i] ?? 'Sands',
      kind: 'beach' as const,
      rings: rings.filter((ring) => ring.length > 12),
    };
  });
}

/** A pond of rough outline around a point. */
export function pond(centre: Vec, radius: number, seed: number): Ring {
  return relax(
    Array.from({ length: 28 }, (_, i) => {
      const angle = (i / 28) * Math.PI * 2;
      const way = vec(Math.cos(angle), Math.sin(angle));
      const size =
        radius *
        (1 + 0.5 * fractalNoise(centre.x + way.x * 90, centre.y + way.y * 90, 110, seed, 2));
      return vec(centre.x + way.x * size * 1.5, centre.y + way.y * size * 0.8);
    }),
    2,
    true,
  );
}

/** Footpaths of a park: a loop inside its edge, ways in to it, and two ways across. */
export function parkPaths(face: Face, ponds: Ring[], random: Random): Line[] {
  const middle = centroid(face.ring);
  const rounded = relax(spline(face.ring, 30, true), 14, true);
  const loop = rounded.map((p) => mix(middle, p, 0.74));
  const edge = resample([...face.ring, at(face.ring, 0)], 10);
  const gates = Array.from({ length: 6 }, (_, i) => {
    const share = (i + 0.15 + random() * 0.5) / 6;
    return at(edge, Math.floor(share * (edge.length - 1)));
  });
  const ways = gates.map((gate, i) => {
    const nearest = loop.reduce((a, b) => (distance(gate, b) < distance(gate, a) ? b : a));
    if (i % 3 === 2) return [gate, nearest];
    const opposite = at(gates, (i + 3) % 6);
    const bend = scale(sub(opposite, gate), 0.22 * (random() - 0.5));
    const aside = vec(-bend.y, bend.x);
    const across = [
      gate,
      add(mix(gate, middle, 0.6), aside),
      add(mix(opposite, middle, 0.6), aside),
    ];
    return i < 3 ? spline([...across, opposite], 18) : [gate, nearest];
  });
  const all = face.area > 30_000 ? [[...loop, at(loop, 0)], ...ways] : ways.slice(0, 2);
  const dry = (p: Vec): boolean => ponds.every((ring) => !insideRing(p, ring));
  return all
    .filter((line) => line.every((p) => insideRing(mix(p, middle, 0.01), face.ring)))
    .flatMap((line) => keepStretches(line, dry));
}
