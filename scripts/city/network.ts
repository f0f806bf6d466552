import { at, crossSegments, distance, type Line, mix, projectOnSegment, type Vec } from './plane';

export type RoadClass = 'boulevard' | 'street' | 'lane' | 'path';
export type Road = { class: RoadClass; line: Line; name?: string };
export type Segment = { a: number; b: number; road: number };
/** Roads cut at every crossing: segments meet at shared nodes and nowhere else. */
export type Network = { nodes: Vec[]; segments: Segment[] };

const CELL = 50;
type Piece = { road: number; index: number; a: Vec; b: Vec };

class PieceGrid {
  private readonly cells = new Map<number, Piece[]>();

  constructor(roads: Road[]) {
    roads.forEach((road, id) => {
      for (let i = 1; i < road.line.length; i += 1) {
        const piece = { road: id, index: i - 1, a: at(road.line, i - 1), b: at(road.line, i) };
        for (const key of this.keys(piece.a, piece.b)) {
          const cell = this.cells.get(key);
          if (cell) cell.push(piece);
          else this.cells.set(key, [piece]);
        }
      }
    });
  }

  near(a: Vec, b: Vec): Set<Piece> {
    const found = new Set<Piece>();
    for (const key of this.keys(a, b)) {
      for (const piece of this.cells.get(key) ?? []) found.add(piece);
    }
    return found;
  }

  private *keys(a: Vec, b: Vec): Generator<number> {
    const lowX = Math.floor(Math.min(a.x, b.x) / CELL);
    const highX = Math.floor(Math.max(a.x, b.x) / CELL);
    const lowY = Math.floor(Math.min(a.y, b.y) / CELL);
    const highY = Math.floor(Math.max(a.y, b.y) / CELL);
    for (let x = lowX; x <= highX; x += 1) {
      for (let y = lowY; y <= highY; y += 1) yield x * 100_003 + y;
    }
  }
}

/** Lengthens each loose end until it meets another road, if one lies within `reach` metres ahead. */
export function joinEnds(roads: Road[], reach: (p: Vec, road: Road) => number): Road[] {
  const grid = new PieceGrid(roads);
  const extend = (line: Line, own: number): Vec | null => {
    const most = reach(at(line, line.length - 1), at(roads, own));
    const end = at(line, line.length - 1);
    const before = at(line, Math.max(0, line.length - 4));
    const size = distance(before, end) || 1;
    const ahead = mix(before, end, (size + most) / size);
    let best = Number.POSITIVE_INFINITY;
    for (const piece of grid.near(end, ahead)) {
      if (piece.road === own) continue;
      const hit = crossSegments(end, ahead, piece.a, piece.b);
      if (hit && hit.t < best) best = hit.t;
    }
    if (!Number.isFinite(best)) return null;
    // A metre past the crossing; the rest is cut off as a stub.
    return mix(end, ahead, best + 1 / most);
  };
  return roads.map((road, id) => {
    const tail = extend(road.line, id);
    const head = extend([...road.line].reverse(), id);
    return { ...road, line: [...(head ? [head] : []), ...road.line, ...(tail ? [tail] : [])] };
  });
}

/** Cuts all roads at their crossings and welds points closer than `weld` metres. */
export function planarise(roads: Road[], weld: number): Network {
  const grid = new PieceGrid(roads);
  const nodes: Vec[] = [];
  const buckets = new Map<number, number[]>();
  const nodeAt = (p: Vec): number => {
    const column = Math.floor(p.x / weld);
    const row = Math.floor(p.y / weld);
    for (let i = column - 1; i <= column + 1; i += 1) {
      for (let k = row - 1; k <= row + 1; k += 1) {
        for (const id of buckets.get(i * 1_000_003 + k) ?? []) {
          if (distance(at(nodes, id), p) <= weld) return id;
        }
      }
    }
    const id = nodes.push(p) - 1;
    const key = column * 1_000_003 + row;
    buckets.set(key, [...(buckets.get(key) ?? []), id]);
    return id;
  };
  const segments: Segment[] = [];
  const seen = new Set<string>();
  roads.forEach((road, id) => {
    for (let i = 1; i < road.line.length; i += 1) {
      const a = at(road.line, i - 1);
      const b = at(road.line, i);
      const cuts = [0, 1];
      for (const piece of grid.near(a, b)) {
        if (piece.road === id && Math.abs(piece.index - (i - 1)) < 2) continue;
        const hit = crossSegments(a, b, piece.a, piece.b);
        if (hit) cuts.push(hit.t);
        for (const end of [piece.a, piece.b]) {
          const near = projectOnSegment(end, a, b);
          if (near.away < weld * 0.5) cuts.push(near.t);
        }
      }
      cuts.sort((x, y) => x - y);
      let from = nodeAt(a);
      for (const cut of cuts) {
        const to = nodeAt(mix(a, b, cut));
        const key = from < to ? `${from}-${to}` : `${to}-${from}`;
        if (to !== from && !seen.has(key)) {
          seen.add(key);
          segments.push({ a: from, b: to, road: id });
        }
        from = to;
      }
    }
  });
  return { nodes, segments };
}

/** Cuts a network again after its nodes were moved, so that no two segments cross unnoticed. */
export function recut({ nodes, segments }: Network, roads: Road[], weld: number): Network {
  const pieces = segments.map(({ a, b, road }) => ({
    class: at(roads, road).class,
    line: [at(nodes, a), at(nodes, b)],
  }));
  const cut = planarise(pieces, weld);
  return {
    nodes: cut.nodes,
    segments: cut.segments.map((piece) => ({ ...piece, road: at(segments, piece.road).road })),
  };
}
