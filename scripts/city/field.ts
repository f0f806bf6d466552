import { resample } from './curves';
import { SEED } from './plan-land';
import { OLD_TOWN } from './plan-streets';
import { at, distance, type Line, projectOnSegment, sub, type Vec, vec } from './plane';
import { fractalNoise } from './random';

/** The direction of streets at a point, in radians; streets run along it or square to it. */
export type Field = (p: Vec) => number;

export type Guide = { line: Line; weight: number; reach: number };

const CELL = 60;

/**
 * Directions blended from the guides (boulevards, quays, the shore) with the nearer ones
 * stronger. Angles are blended as 4θ, so that along and square to a guide count as the same grain.
 */
export function directionField(guides: Guide[], from: Vec, to: Vec): Field {
  const pieces = guides.map((guide) => ({ ...guide, line: resample(guide.line, 45) }));
  const columns = Math.ceil((to.x - from.x) / CELL) + 2;
  const rows = Math.ceil((to.y - from.y) / CELL) + 2;
  const cosines = new Float64Array(columns * rows);
  const sines = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const p = vec(from.x + column * CELL, from.y + row * CELL);
      let c = 0;
      let s = 0;
      for (const { line, weight, reach } of pieces) {
        const { away, angle } = nearestGrain(p, line);
        const pull = weight / (1 + (away / reach) ** 2) ** 1.6;
        c += Math.cos(4 * angle) * pull;
        s += Math.sin(4 * angle) * pull;
      }
      cosines[row * columns + column] = c;
      sines[row * columns + column] = s;
    }
  }
  return (p) => {
    const fx = Math.max(0, Math.min(columns - 1.001, (p.x - from.x) / CELL));
    const fy = Math.max(0, Math.min(rows - 1.001, (p.y - from.y) / CELL));
    const index = Math.floor(fy) * columns + Math.floor(fx);
    const tx = fx - Math.floor(fx);
    const ty = fy - Math.floor(fy);
    const blend = (grid: Float64Array): number =>
      (at(grid, index) * (1 - tx) + at(grid, index + 1) * tx) * (1 - ty) +
      (at(grid, index + columns) * (1 - tx) + at(grid, index + columns + 1) * tx) * ty;
    const angle = Math.atan2(blend(sines), blend(cosines)) / 4;
    const old = Math.exp(-((distance(p, OLD_TOWN.centre) / OLD_TOWN.radius) ** 4));
    const bend =
      fractalNoise(p.x, p.y, 330, SEED + 11, 2) * 0.55 * old +
      fractalNoise(p.x, p.y, 900, SEED + 12, 2) * 0.26 * (1 - old);
    return angle + bend;
  };
}

function nearestGrain(p: Vec, line: Line): { away: number; angle: number } {
  let away = Number.POSITIVE_INFINITY;
  let angle = 0;
  for (let i = 1; i < line.length; i += 1) {
    const a = at(line, i - 1);
    const b = at(line, i);
    const found = projectOnSegment(p, a, b).away;
    if (found < away) {
      away = found;
      const along = sub(b, a);
      angle = Math.atan2(along.y, along.x);
    }
  }
  return { away, angle };
}
