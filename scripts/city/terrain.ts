import { relax, resample, spline } from './curves';
import {
  BEACHES,
  BREAKWATERS,
  DOCKS,
  HARBOUR,
  ISLAND,
  ISLETS,
  PIERS,
  RIVER,
  RIVER_ISLE,
  SEED,
} from './plan-land';
import {
  add,
  at,
  distance,
  insideRing,
  type Line,
  leftOf,
  projectOnSegment,
  type Ring,
  scale,
  sub,
  unit,
  type Vec,
  vec,
} from './plane';
import { fractalNoise } from './random';

export type Terrain = {
  island: Ring;
  /** Land that nothing is built on: moles, piers, islets. */
  outworks: Ring[];
  river: Ring;
  isle: Ring;
  riverMiddle: Line;
  docks: Ring[];
};

function roughen(ring: Ring, strength: number, seed: number, calm: (p: Vec) => number): Ring {
  return ring.map((p, i) => {
    const before = at(ring, (i - 1 + ring.length) % ring.length);
    const after = at(ring, (i + 1) % ring.length);
    const outward = leftOf(unit(sub(after, before)));
    const by =
      fractalNoise(p.x, p.y, 620, seed, 5) * strength +
      fractalNoise(p.x, p.y, 90, seed + 7, 2) * strength * 0.14;
    return add(p, scale(outward, by * calm(p)));
  });
}

const smoothstep = (low: number, high: number, value: number): number => {
  const t = Math.max(0, Math.min(1, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
};

function coastCalm(p: Vec): number {
  const harbour = smoothstep(HARBOUR.radius, HARBOUR.radius + 900, distance(p, HARBOUR.centre));
  const sand = Math.min(
    ...BEACHES.map((beach) =>
      smoothstep(beach.radius * 0.7, beach.radius + 500, distance(p, beach.centre)),
    ),
  );
  return Math.max(0.04, Math.min(harbour, 0.1 + 0.9 * sand));
}

/** A band of the given width around a line, with rounded far end. */
export function band(line: Line, width: number): Ring {
  const half = width / 2;
  const left: Ring = [];
  const right: Ring = [];
  line.forEach((p, i) => {
    const along = unit(
      sub(at(line, Math.min(i + 1, line.length - 1)), at(line, Math.max(0, i - 1))),
    );
    left.push(add(p, scale(leftOf(along), half)));
    right.push(add(p, scale(leftOf(along), -half)));
  });
  const end = at(line, line.length - 1);
  const along = unit(sub(end, at(line, line.length - 2)));
  const cap = [0.25, 0.5, 0.75].map((share) => {
    const angle = Math.PI * (0.5 - share);
    return add(
      end,
      add(scale(along, Math.cos(angle) * half), scale(leftOf(along), Math.sin(angle) * half)),
    );
  });
  return [...left, ...cap, ...right.reverse()];
}

function blob(centre: Vec, radius: number, seed: number): Ring {
  return Array.from({ length: 40 }, (_, i) => {
    const angle = (i / 40) * Math.PI * 2;
    const x = Math.cos(angle);
    const y = Math.sin(angle);
    const size =
      radius * (1 + 0.42 * fractalNoise(centre.x + x * 300, centre.y + y * 300, 260, seed, 3));
    return vec(centre.x + x * size * 1.25, centre.y + y * size * 0.85);
  });
}

function riverRing(): { ring: Ring; middle: Line } {
  const middle = spline(RIVER, 30);
  const widths = spline(
    RIVER.map((p, i) => vec(i, p.width)),
    0.05,
  );
  const left: Line = [];
  const right: Line = [];
  middle.forEach((p, i) => {
    const share = i / (middle.length - 1);
    const width = at(widths, Math.round(share * (widths.length - 1))).y;
    const swell = 96 * Math.exp(-((distance(p, RIVER_ISLE.centre) / 230) ** 2));
    const along = unit(
      sub(at(middle, Math.min(i + 1, middle.length - 1)), at(middle, Math.max(0, i - 1))),
    );
    const wobble = fractalNoise(p.x, p.y, 170, SEED + 31, 2) * width * 0.12;
    left.push(add(p, scale(leftOf(along), width / 2 + swell / 2 + wobble)));
    right.push(add(p, scale(leftOf(along), -(width / 2 + swell / 2 - wobble))));
  });
  return { ring: relax([...left, ...right.reverse()], 2, true), middle };
}

function isleRing(middle: Line): Ring {
  const { centre, halfLength, halfWidth } = RIVER_ISLE;
  const nearest = middle.reduce(
    (best, p, i) => (distance(p, centre) < distance(at(middle, best), centre) ? i : best),
    0,
  );
  const left: Line = [];
  const right: Line = [];
  const reach = Math.round(halfLength / 30);
  for (let k = -reach; k <= reach; k += 1) {
    const i = nearest + k;
    const along = unit(sub(at(middle, i + 1), at(middle, i - 1)));
    const half = halfWidth * 0.62 * Math.sqrt(Math.max(0, 1 - (k / reach) ** 2));
    left.push(add(at(middle, i), scale(leftOf(along), half)));
    if (half > 0) right.push(add(at(middle, i), scale(leftOf(along), -half)));
  }
  return [...left, ...right.reverse()];
}

function dockRing(dock: (typeof DOCKS)[number]): Ring {
  const inward = unit(dock.inward);
  const side = scale(leftOf(inward), dock.width / 2);
  const outer = add(dock.mouth, scale(inward, -45));
  const inner = add(dock.mouth, scale(inward, dock.depth));
  return [add(outer, side), add(inner, side), sub(inner, side), sub(outer, side)];
}

export function shapeTerrain(): Terrain {
  const smooth = resample(spline(ISLAND, 40, true), 22);
  const { ring, middle } = riverRing();
  return {
    island: roughen(smooth, 330, SEED, coastCalm),
    outworks: [
      ...BREAKWATERS.map((mole) => band(spline(mole.line, 60), mole.width)),
      ...PIERS.map((pier) => band(pier.line, pier.width)),
      ...ISLETS.map((islet, i) => blob(islet.centre, islet.radius, SEED + 60 + i)),
    ],
    river: ring,
    isle: isleRing(middle),
    riverMiddle: middle,
    docks: DOCKS.map(dockRing),
  };
}

/** Metres from the nearest bank or shore; a cell that is far from any holds `FAR`. */
export type ShoreGrid = { distanceAt: (p: Vec) => number };

const CELL = 10;
const FAR = 160;

/** Signed distance to water (positive on land), sampled on a grid and read between its points. */
export function measureShore(terrain: Terrain, from: Vec, to: Vec): ShoreGrid {
  const columns = Math.ceil((to.x - from.x) / CELL) + 1;
  const rows = Math.ceil((to.y - from.y) / CELL) + 1;
  const values = new Float64Array(columns * rows).fill(FAR);
  const rings = [terrain.island, terrain.river, terrain.isle, ...terrain.docks];
  for (const ring of rings) {
    ring.forEach((a, i) => {
      const b = at(ring, (i + 1) % ring.length);
      const lowX = Math.max(0, Math.floor((Math.min(a.x, b.x) - FAR - from.x) / CELL));
      const highX = Math.min(columns - 1, Math.ceil((Math.max(a.x, b.x) + FAR - from.x) / CELL));
      const lowY = Math.max(0, Math.floor((Math.min(a.y, b.y) - FAR - from.y) / CELL));
      const highY = Math.min(rows - 1, Math.ceil((Math.max(a.y, b.y) + FAR - from.y) / CELL));
      const middle = vec((a.x + b.x) / 2, (a.y + b.y) / 2);
      if (rings.some((other) => other !== ring && hidden(middle, other, ring, terrain))) return;
      for (let row = lowY; row <= highY; row += 1) {
        for (let column = lowX; column <= highX; column += 1) {
          const p = vec(from.x + column * CELL, from.y + row * CELL);
          const { away } = projectOnSegment(p, a, b);
          const index = row * columns + column;
          if (away < at(values, index)) values[index] = away;
        }
      }
    });
  }
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const p = vec(from.x + column * CELL, from.y + row * CELL);
      const index = row * columns + column;
      if (isWater(p, terrain)) values[index] = -at(values, index);
    }
  }
  return {
    distanceAt: (p) => {
      const fx = Math.max(0, Math.min(columns - 1.001, (p.x - from.x) / CELL));
      const fy = Math.max(0, Math.min(rows - 1.001, (p.y - from.y) / CELL));
      const column = Math.floor(fx);
      const row = Math.floor(fy);
      const tx = fx - column;
      const ty = fy - row;
      const index = row * columns + column;
      const low = at(values, index) * (1 - tx) + at(values, index + 1) * tx;
      const high = at(values, index + columns) * (1 - tx) + at(values, index + columns + 1) * tx;
      return low * (1 - ty) + high * ty;
    },
  };
}

/** An edge that lies under other water is no shore: the river's mouth, a dock's open side. */
function hidden(p: Vec, other: Ring, own: Ring, terrain: Terrain): boolean {
  if (other === terrain.isle || own === terrain.isle) return false;
  if (other === terrain.island) return !insideRing(p, other);
  return insideRing(p, other);
}

/** True in the sea, the river and the docks; moles and islets do not count as land here. */
export function isWater(p: Vec, terrain: Terrain): boolean {
  if (!insideRing(p, terrain.island)) return true;
  if (terrain.docks.some((dock) => insideRing(p, dock))) return true;
  return insideRing(p, terrain.river) && !insideRing(p, terrain.isle);
}
