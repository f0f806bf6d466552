/** A position in metres east (x) and north (y) of the city's centre. */
export type Vec = { x: number; y: number };
export type Line = Vec[];
/** A ring without a repeated last point. */
export type Ring = Vec[];

/** The item at `index`; an index outside the list is a bug of the caller. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`No item ${index} of ${items.length}`);
  return item;
}

export const vec = (x: number, y: number): Vec => ({ x, y });
export const add = (a: Vec, b: Vec): Vec => ({ x: a.x + b.x, y: a.y + b.y });
export const sub = (a: Vec, b: Vec): Vec => ({ x: a.x - b.x, y: a.y - b.y });
export const scale = (a: Vec, by: number): Vec => ({ x: a.x * by, y: a.y * by });
export const dot = (a: Vec, b: Vec): number => a.x * b.x + a.y * b.y;
export const cross = (a: Vec, b: Vec): number => a.x * b.y - a.y * b.x;
export const length = (a: Vec): number => Math.sqrt(a.x * a.x + a.y * a.y);
export const distance = (a: Vec, b: Vec): number => length(sub(a, b));
export const mix = (a: Vec, b: Vec, t: number): Vec => ({
  x: a.x + (b.x - a.x) * t,
  y: a.y + (b.y - a.y) * t,
});
export const leftOf = (a: Vec): Vec => ({ x: -a.y, y: a.x });

export function unit(a: Vec): Vec {
  const size = length(a);
  return size === 0 ? { x: 1, y: 0 } : { x: a.x / size, y: a.y / size };
}

export function lineLength(line: Line): number {
  let sum = 0;
  for (let i = 1; i < line.length; i += 1) sum += distance(at(line, i - 1), at(line, i));
  return sum;
}

/** Where p falls on segment ab: the share along it in [0, 1], the point, and how far it is. */
export function projectOnSegment(p: Vec, a: Vec, b: Vec): { t: number; point: Vec; away: number } {
  const ab = sub(b, a);
  const size = dot(ab, ab);
  const t = size === 0 ? 0 : Math.max(0, Math.min(1, dot(sub(p, a), ab) / size));
  const point = mix(a, b, t);
  return { t, point, away: distance(p, point) };
}

/** The crossing of segments ab and cd as shares along both, or null. */
export function crossSegments(a: Vec, b: Vec, c: Vec, d: Vec): { t: number; u: number } | null {
  const r = sub(b, a);
  const s = sub(d, c);
  const denominator = cross(r, s);
  if (Math.abs(denominator) < 1e-9) return null;
  const t = cross(sub(c, a), s) / denominator;
  const u = cross(sub(c, a), r) / denominator;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? { t, u } : null;
}

/** Twice-signed area halved: positive when the ring runs counter-clockwise. */
export function signedArea(ring: Ring): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 1) {
    sum += cross(at(ring, i), at(ring, (i + 1) % ring.length));
  }
  return sum / 2;
}

export function centroid(ring: Ring): Vec {
  let sum = 0;
  let x = 0;
  let y = 0;
  for (let i = 0; i < ring.length; i += 1) {
    const a = at(ring, i);
    const b = at(ring, (i + 1) % ring.length);
    const part = cross(a, b);
    sum += part;
    x += (a.x + b.x) * part;
    y += (a.y + b.y) * part;
  }
  return sum === 0 ? at(ring, 0) : { x: x / (3 * sum), y: y / (3 * sum) };
}

export function insideRing(p: Vec, ring: Ring): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const a = at(ring, i);
    const b = at(ring, j);
    if (a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) {
      inside = !inside;
    }
  }
  return inside;
}

export function distanceToLine(p: Vec, line: Line, closed = false): number {
  let best = Number.POSITIVE_INFINITY;
  const last = closed ? line.length : line.length - 1;
  for (let i = 0; i < last; i += 1) {
    best = Math.min(best, projectOnSegment(p, at(line, i), at(line, (i + 1) % line.length)).away);
  }
  return best;
}

/** Reads places written as `'x,y x,y'`, in metres. */
export const points = (...rows: string[]): Line =>
  rows.flatMap((row) =>
    row.split(' ').map((pair) => {
      const [x, y] = pair.split(',').map(Number);
      return vec(x ?? 0, y ?? 0);
    }),
  );
