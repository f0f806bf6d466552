import { at, distance, type Line, mix, projectOnSegment, type Ring, type Vec } from './plane';

function catmullRom(p0: Vec, p1: Vec, p2: Vec, p3: Vec, t: number): Vec {
  const blend = (a: number, b: number, c: number, d: number): number =>
    0.5 *
    (2 * b +
      (c - a) * t +
      (2 * a - 5 * b + 4 * c - d) * t * t +
      (3 * b - a - 3 * c + d) * t * t * t);
  return { x: blend(p0.x, p1.x, p2.x, p3.x), y: blend(p0.y, p1.y, p2.y, p3.y) };
}

/** A smooth curve through the control points, one point about every `step` metres. */
export function spline(controls: Line, step: number, closed = false): Line {
  const count = controls.length;
  const pick = (i: number): Vec =>
    closed ? at(controls, (i + count) % count) : at(controls, Math.max(0, Math.min(count - 1, i)));
  const line: Line = [];
  for (let i = 0; i < (closed ? count : count - 1); i += 1) {
    const pieces = Math.max(1, Math.round(distance(pick(i), pick(i + 1)) / step));
    for (let k = 0; k < pieces; k += 1) {
      line.push(catmullRom(pick(i - 1), pick(i), pick(i + 1), pick(i + 2), k / pieces));
    }
  }
  if (!closed) line.push(pick(count - 1));
  return line;
}

/** The same line with points `step` metres apart; the ends stay. */
export function resample(line: Line, step: number): Line {
  const first = line[0];
  if (first === undefined) return [];
  const result: Line = [first];
  let carried = 0;
  for (let i = 1; i < line.length; i += 1) {
    const a = at(line, i - 1);
    const b = at(line, i);
    const size = distance(a, b);
    let along = step - carried;
    while (along < size) {
      result.push(mix(a, b, along / size));
      along += step;
    }
    carried = size - (along - step);
  }
  const end = at(line, line.length - 1);
  if (distance(at(result, result.length - 1), end) < step * 0.4 && result.length > 1) result.pop();
  result.push(end);
  return result;
}

/** Douglas–Peucker: drops points that lie within `tolerance` metres of what is left. */
export function simplify<T extends Vec>(line: T[], tolerance: number): T[] {
  if (line.length < 3) return line;
  const keep = new Set([0, line.length - 1]);
  const open: [number, number][] = [[0, line.length - 1]];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const [from, to] = range;
    let worst = tolerance;
    let split = -1;
    for (let i = from + 1; i < to; i += 1) {
      const { away } = projectOnSegment(at(line, i), at(line, from), at(line, to));
      if (away > worst) {
        worst = away;
        split = i;
      }
    }
    if (split < 0) continue;
    keep.add(split);
    open.push([from, split], [split, to]);
  }
  return line.filter((_, i) => keep.has(i));
}

export function simplifyRing(ring: Ring, tolerance: number): Ring {
  if (ring.length < 5) return ring;
  const half = Math.floor(ring.length / 2);
  const first = simplify(ring.slice(0, half + 1), tolerance);
  const second = simplify([...ring.slice(half), at(ring, 0)], tolerance);
  return [...first.slice(0, -1), ...second.slice(0, -1)];
}

/** Averages each point with its neighbours `rounds` times; the ends of an open line stay. */
export function relax(line: Line, rounds: number, closed = false): Line {
  let current = line;
  for (let round = 0; round < rounds; round += 1) {
    const before = current;
    const count = before.length;
    current = before.map((p, i) => {
      if (!closed && (i === 0 || i === count - 1)) return p;
      const around = mix(at(before, (i - 1 + count) % count), at(before, (i + 1) % count), 0.5);
      return mix(p, around, 0.5);
    });
  }
  return current;
}
