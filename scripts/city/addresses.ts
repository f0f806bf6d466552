import type { Character } from './buildings';
import { findChains } from './chains';
import type { Faces } from './faces';
import type { Network, Road, RoadClass } from './network';
import { add, at, distance, insideRing, leftOf, mix, scale, sub, unit, type Vec } from './plane';
import type { Random } from './random';

export type Door = { street: string; number: number; at: Vec; face: number };

/** Metres from the middle of a road to the fronts of its houses. */
export const FRONTAGE: Record<RoadClass, number> = {
  boulevard: 15,
  street: 10.5,
  lane: 8,
  path: 5,
};

/** Metres between doors that get an address; a denser part of town has more of them. */
const DOOR_SPACING: Record<Character, number> = {
  old: 132,
  centre: 178,
  inner: 290,
  suburb: 410,
  dock: 420,
};

/** House numbers rise by two every so many metres of a side; less than the least gap of doors. */
const NUMBER_STEP = 13;

export function placeDoors(
  network: Network,
  faces: Faces,
  roads: Road[],
  isBuilt: (face: number) => boolean,
  character: (p: Vec) => Character,
  random: Random,
): Door[] {
  const doors: Door[] = [];
  const reached = new Map<string, number>();
  const sideOf = new Map<string, number>();
  network.segments.forEach(({ a, b }, i) => {
    sideOf.set(`${a}>${b}`, 2 * i);
    sideOf.set(`${b}>${a}`, 2 * i + 1);
  });
  for (const chain of findChains(network, true)) {
    const road = at(roads, chain.road);
    const street = road.name;
    if (street === undefined || road.class === 'path') continue;
    const from = reached.get(street) ?? 0;
    reached.set(street, from + Math.ceil(chain.metres / NUMBER_STEP) + 2);
    for (const left of [true, false]) {
      let along = 14 + random() * 60;
      while (along < chain.metres - 12) {
        const door = doorAt(along, left);
        if (door)
          doors.push({
            street,
            number: 2 * (from + Math.floor(along / NUMBER_STEP)) + (left ? 1 : 2),
            ...door,
          });
        const spacing = DOOR_SPACING[character(at(network.nodes, at(chain.nodes, 0)))];
        along += door ? Math.max(17, spacing * (0.5 + random())) : 9;
      }
    }

    function doorAt(along: number, left: boolean): { at: Vec; face: number } | null {
      let travelled = 0;
      for (let i = 1; i < chain.nodes.length; i += 1) {
        const a = at(chain.nodes, i - 1);
        const b = at(chain.nodes, i);
        const pa = at(network.nodes, a);
        const pb = at(network.nodes, b);
        const size = distance(pa, pb);
        if (travelled + size < along) {
          travelled += size;
          continue;
        }
        const h = sideOf.get(left ? `${a}>${b}` : `${b}>${a}`);
        const face = h === undefined ? -1 : at(faces.leftOf, h);
        if (face < 0 || !isBuilt(face)) return null;
        const side = scale(leftOf(unit(sub(pb, pa))), left ? 1 : -1);
        const door = add(
          mix(pa, pb, (along - travelled) / size),
          scale(side, FRONTAGE[road.class] + 1.5),
        );
        const ring = at(faces.faces, face).ring;
        if (!insideRing(door, ring) || tooNear(door, ring, FRONTAGE.lane)) return null;
        return { at: door, face };
      }
      return null;
    }
  }
  return doors;
}

function tooNear(p: Vec, ring: Vec[], limit: number): boolean {
  return ring.some((a, i) => {
    const b = at(ring, (i + 1) % ring.length);
    const along = sub(b, a);
    const size = along.x * along.x + along.y * along.y;
    const t =
      size === 0
        ? 0
        : Math.max(0, Math.min(1, ((p.x - a.x) * along.x + (p.y - a.y) * along.y) / size));
    return distance(p, mix(a, b, t)) < limit;
  });
}
