import { insetRing, type Side } from './inset';
import type { DISTRICTS } from './plan-places';
import {
  add,
  at,
  distance,
  dot,
  insideRing,
  leftOf,
  mix,
  type Ring,
  scale,
  signedArea,
  sub,
  unit,
  type Vec,
} from './plane';
import type { Random } from './random';

export type Character = (typeof DISTRICTS)[number]['character'];
/** An outline and its courtyards. */
export type Footprint = Ring[];

const flat = (ring: Ring, by: number): Side[] => ring.map((from) => ({ from, by }));

/** What stands on a block, given its sides with the distance that houses keep from each road. */
export function buildBlock(sides: Side[], character: Character, random: Random): Footprint[] {
  const plot = insetRing(sides);
  if (plot === null) return [];
  if (character === 'old' || character === 'centre') return perimeterBlock(plot, character, random);
  if (character === 'dock') return sheds(plot, random);
  return rows(plot, character, random);
}

/** Houses wall to wall around a courtyard, cut by a few passages. */
function perimeterBlock(plot: Ring, character: Character, random: Random): Footprint[] {
  const depth = character === 'old' ? 9 + random() * 2 : 12 + random() * 3;
  const inner = insetRing(flat(plot, depth));
  if (inner === null || signedArea(inner) < 240) return [[plot]];
  return [[plot, inner]];
}

function isFree(box: Ring, plot: Ring, others: Ring[]): boolean {
  const middle = mix(at(box, 0), at(box, 2), 0.5);
  const probes = box.flatMap((p, i) =>
    [mix(middle, p, 0.98), mix(p, at(box, (i + 1) % 4), 0.5)].map((q) => mix(middle, q, 0.99)),
  );
  if (!probes.every((p) => insideRing(p, plot))) return false;
  return others.every((other) => apart(box, other));
}

/** Separating-axis test for two rectangles. */
function apart(a: Ring, b: Ring): boolean {
  return [a, b].some((box) =>
    [0, 1].some((i) => {
      const axis = unit(sub(at(box, i + 1), at(box, i)));
      const spanA = a.map((p) => dot(p, axis));
      const spanB = b.map((p) => dot(p, axis));
      return (
        Math.max(...spanA) < Math.min(...spanB) + 1 || Math.max(...spanB) < Math.min(...spanA) + 1
      );
    }),
  );
}

/** Terraces or detached houses along each side of the plot. */
function rows(plot: Ring, character: Character, random: Random): Footprint[] {
  const boxes: Ring[] = [];
  const suburb = character === 'suburb';
  plot.forEach((from, i) => {
    const to = at(plot, (i + 1) % plot.length);
    const size = distance(from, to);
    const along = unit(sub(to, from));
    const inward = leftOf(along);
    let s = suburb ? 3 + random() * 4 : random() * 3;
    while (s < size - 8) {
      const wide = suburb ? 11 + random() * 9 : 22 + random() * 30;
      const deep = suburb ? 9 + random() * 4 : 10 + random() * 2;
      const back = suburb ? random() * 3.5 : 0;
      const width = Math.min(wide, size - s - 1);
      if (width > 8) {
        const corner = add(add(from, scale(along, s)), scale(inward, back));
        const box = rectangle(corner, along, inward, width, deep);
        if (isFree(box, plot, boxes)) boxes.push(box);
      }
      s += wide + (suburb ? 11 + random() * 14 : 5 + random() * 9);
    }
  });
  return boxes.map((box) => [box]);
}

function rectangle(corner: Vec, along: Vec, inward: Vec, wide: number, deep: number): Ring {
  const far = add(corner, scale(along, wide));
  return [corner, far, add(far, scale(inward, deep)), add(corner, scale(inward, deep))];
}

/** Warehouses in rank along the longest side. */
function sheds(plot: Ring, random: Random): Footprint[] {
  const longest = plot.reduce((best, p, i) => {
    const size = distance(p, at(plot, (i + 1) % plot.length));
    return size > distance(at(plot, best), at(plot, (best + 1) % plot.length)) ? i : best;
  }, 0);
  const from = at(plot, longest);
  const to = at(plot, (longest + 1) % plot.length);
  const along = unit(sub(to, from));
  const inward = leftOf(along);
  const wide = 26 + random() * 30;
  const deep = 18 + random() * 14;
  const boxes: Ring[] = [];
  for (let row = 0; row < 9; row += 1) {
    for (let column = -8; column < 14; column += 1) {
      const corner = add(
        from,
        add(scale(along, 3 + column * (wide + 9)), scale(inward, 2 + row * (deep + 14))),
      );
      const box = rectangle(corner, along, inward, wide - (random() < 0.3 ? 10 : 0), deep);
      if (isFree(box, plot, boxes)) boxes.push(box);
    }
  }
  return boxes.map((box) => [box]);
}
