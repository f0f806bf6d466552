import type { Field } from './field';
import {
  add,
  at,
  distance,
  dot,
  type Line,
  leftOf,
  lineLength,
  mix,
  scale,
  type Vec,
} from './plane';
import type { Random } from './random';

/** Road samples with their direction, in a hash grid: answers "does a road run beside me?". */
export class RoadSamples {
  private readonly cells = new Map<number, { p: Vec; along: Vec }[]>();
  private readonly size = 60;

  add(line: Line): void {
    for (let i = 1; i < line.length; i += 1) {
      const a = at(line, i - 1);
      const b = at(line, i);
      const size = distance(a, b);
      if (size === 0) continue;
      const along = { x: (b.x - a.x) / size, y: (b.y - a.y) / size };
      const pieces = Math.ceil(size / 8);
      for (let k = 0; k < pieces; k += 1) {
        const p = mix(a, b, k / pieces);
        const key = this.key(p);
        const cell = this.cells.get(key);
        if (cell) cell.push({ p, along });
        else this.cells.set(key, [{ p, along }]);
      }
    }
  }

  /** Metres to the nearest sample that runs within about 40° of `along`, or `reach` when none. */
  beside(p: Vec, along: Vec, reach: number): number {
    let best = reach;
    const span = Math.ceil(reach / this.size);
    const column = Math.floor(p.x / this.size);
    const row = Math.floor(p.y / this.size);
    for (let i = column - span; i <= column + span; i += 1) {
      for (let k = row - span; k <= row + span; k += 1) {
        for (const sample of this.cells.get(i * 100_003 + k) ?? []) {
          if (Math.abs(dot(sample.along, along)) < 0.76) continue;
          const away = distance(sample.p, p);
          if (away < best) best = away;
        }
      }
    }
    return best;
  }

  private key(p: Vec): number {
    return Math.floor(p.x / this.size) * 100_003 + Math.floor(p.y / this.size);
  }
}

export type TraceRules = {
  field: Field;
  /** Metres between neighbours that run along `heading` here. */
  spacing: (p: Vec, heading: Vec) => number;
  allowed: (p: Vec) => boolean;
  shortest: number;
  longest: (random: Random) => number;
};

const STEP = 8;

/** The way of the field's four that is closest to `heading`. */
function follow(field: Field, p: Vec, heading: Vec): Vec {
  const angle = field(p);
  const grain = { x: Math.cos(angle), y: Math.sin(angle) };
  const side = leftOf(grain);
  const alongGrain = dot(grain, heading);
  const alongSide = dot(side, heading);
  return Math.abs(alongGrain) > Math.abs(alongSide)
    ? scale(grain, Math.sign(alongGrain))
    : scale(side, Math.sign(alongSide));
}

function walk(
  start: Vec,
  heading: Vec,
  rules: TraceRules,
  samples: RoadSamples,
  limit: number,
): Line {
  const line: Line = [];
  let current = { p: start, heading };
  let travelled = 0;
  while (travelled < limit) {
    const half = add(current.p, scale(follow(rules.field, current.p, current.heading), STEP / 2));
    const along = follow(rules.field, half, current.heading);
    const next = { p: add(current.p, scale(along, STEP)), heading: along };
    travelled += STEP;
    if (!rules.allowed(next.p)) {
      // Ends on the far side of the border road, so that cutting the crossing trims it exactly.
      line.push(add(next.p, scale(next.heading, STEP)));
      break;
    }
    const room = rules.spacing(next.p, next.heading) * 0.62;
    if (samples.beside(next.p, next.heading, room) < room) break;
    if (line.length > 40 && distance(next.p, start) < room) break;
    line.push(next.p);
    current = next;
  }
  return line;
}

/** Fills the allowed ground with evenly spaced roads, each new one seeded beside an old one. */
export function traceRoads(
  seeds: Vec[],
  rules: TraceRules,
  samples: RoadSamples,
  random: Random,
): Line[] {
  const roads: Line[] = [];
  const queue = [...seeds];
  for (let next = 0; next < queue.length && next < 400_000; next += 1) {
    const seed = at(queue, next);
    if (!rules.allowed(seed)) continue;
    for (const turn of [0, Math.PI / 2]) {
      const angle = rules.field(seed) + turn;
      const heading = { x: Math.cos(angle), y: Math.sin(angle) };
      const spacing = rules.spacing(seed, heading);
      if (samples.beside(seed, heading, spacing * 0.98) < spacing * 0.97) continue;
      const limit = rules.longest(random) / 2;
      const back = walk(seed, scale(heading, -1), rules, samples, limit);
      const line = [...back.reverse(), seed, ...walk(seed, heading, rules, samples, limit)];
      if (lineLength(line) < rules.shortest) continue;
      samples.add(line);
      roads.push(line);
      queue.push(...seedsBeside(line, rules, random));
    }
  }
  return roads;
}

/** Places where a neighbour of this road could start: beside it, and along it for crossings. */
export function seedsBeside(line: Line, rules: TraceRules, random: Random): Vec[] {
  const seeds: Vec[] = [];
  for (let i = 1; i < line.length; i += 3) {
    const a = at(line, i - 1);
    const b = at(line, i);
    const size = distance(a, b);
    if (size === 0) continue;
    const along = { x: (b.x - a.x) / size, y: (b.y - a.y) / size };
    const side = leftOf(along);
    const away = rules.spacing(a, along) * (1 + random() * 0.14);
    seeds.push(add(a, scale(side, away)), add(a, scale(side, -away)));
    seeds.push(add(a, scale(side, 14)), add(a, scale(side, -14)));
  }
  return seeds;
}
