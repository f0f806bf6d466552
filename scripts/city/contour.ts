import { at, distance, type Line, type Vec, vec } from './plane';

/** Lines along which `height` is zero, by marching squares; closed lines repeat their first point. */
export function contourLines(height: (p: Vec) => number, from: Vec, to: Vec, cell: number): Line[] {
  const columns = Math.ceil((to.x - from.x) / cell);
  const rows = Math.ceil((to.y - from.y) / cell);
  const stride = columns + 1;
  const values = new Float64Array(stride * (rows + 1));
  for (let row = 0; row <= rows; row += 1) {
    for (let column = 0; column <= columns; column += 1) {
      values[row * stride + column] = height(vec(from.x + column * cell, from.y + row * cell));
    }
  }
  const links = new Map<number, number[]>();
  const crossing = new Map<number, Vec>();
  // An edge of the grid has one key: twice its lower-left corner, plus one when it is upright.
  const mark = (corner: number, upright: boolean): number => {
    const key = corner * 2 + (upright ? 1 : 0);
    if (!crossing.has(key)) {
      const a = at(values, corner);
      const b = at(values, upright ? corner + stride : corner + 1);
      const t = a === b ? 0.5 : a / (a - b);
      const x = from.x + (corner % stride) * cell;
      const y = from.y + Math.floor(corner / stride) * cell;
      crossing.set(key, upright ? vec(x, y + t * cell) : vec(x + t * cell, y));
    }
    return key;
  };
  const join = (a: number, b: number): void => {
    links.set(a, [...(links.get(a) ?? []), b]);
    links.set(b, [...(links.get(b) ?? []), a]);
  };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const corner = row * stride + column;
      const sw = at(values, corner) > 0;
      const se = at(values, corner + 1) > 0;
      const nw = at(values, corner + stride) > 0;
      const ne = at(values, corner + stride + 1) > 0;
      const cut: number[] = [];
      if (sw !== se) cut.push(mark(corner, false));
      if (se !== ne) cut.push(mark(corner + 1, true));
      if (nw !== ne) cut.push(mark(corner + stride, false));
      if (sw !== nw) cut.push(mark(corner, true));
      if (cut.length === 2) join(at(cut, 0), at(cut, 1));
      if (cut.length === 4) {
        join(at(cut, 0), at(cut, sw ? 1 : 3));
        join(at(cut, 2), at(cut, sw ? 3 : 1));
      }
    }
  }
  return followLinks(links, crossing);
}

function followLinks(links: Map<number, number[]>, position: Map<number, Vec>): Line[] {
  const used = new Set<number>();
  const lines: Line[] = [];
  const starts = [...links.keys()].sort(
    (a, b) => (links.get(a)?.length ?? 0) - (links.get(b)?.length ?? 0),
  );
  for (const start of starts) {
    if (used.has(start)) continue;
    const line: Line = [];
    let current: number | undefined = start;
    let last = start;
    while (current !== undefined) {
      used.add(current);
      last = current;
      const p = position.get(current);
      if (p !== undefined) line.push(p);
      current = links.get(current)?.find((next) => !used.has(next));
    }
    const closes = line.length > 3 && (links.get(last)?.includes(start) ?? false);
    if (closes) line.push(at(line, 0));
    if (line.length > 1) lines.push(line);
  }
  return lines;
}

/** The stretches of a line where `keep` holds; a closed line is not torn at its seam. */
export function keepStretches(line: Line, keep: (p: Vec) => boolean): Line[] {
  const closed = line.length > 3 && distance(at(line, 0), at(line, line.length - 1)) < 1e-6;
  const flags = line.map(keep);
  if (flags.every(Boolean)) return [line];
  const turned = closed ? rotateToGap(line, flags) : line;
  const stretches: Line[] = [];
  let current: Line = [];
  for (const p of turned) {
    if (keep(p)) {
      current.push(p);
      continue;
    }
    if (current.length > 1) stretches.push(current);
    current = [];
  }
  if (current.length > 1) stretches.push(current);
  return stretches;
}

function rotateToGap(line: Line, flags: boolean[]): Line {
  const gap = flags.indexOf(false);
  const open = line.slice(0, -1);
  return [...open.slice(gap), ...open.slice(0, gap)];
}
