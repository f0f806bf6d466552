import type { Network } from './network';
import { at, type Ring, signedArea } from './plane';

/** A block: the ground between roads. `sides[i]` is the half-edge from ring[i] to ring[i + 1]. */
export type Face = { ring: Ring; nodes: number[]; sides: number[]; area: number };

export type Faces = {
  faces: Face[];
  /** Face to the left of each half-edge; segment i owns 2i (a to b) and 2i + 1; -1 is outside. */
  leftOf: Int32Array;
};

/** All bounded faces of the network, found by always turning as far left as the roads allow. */
export function findFaces(network: Network): Faces {
  const { nodes, segments } = network;
  const count = segments.length * 2;
  const origin = (h: number): number => {
    const segment = at(segments, h >> 1);
    return h % 2 === 0 ? segment.a : segment.b;
  };
  const leaving: { h: number; angle: number }[][] = nodes.map(() => []);
  for (let h = 0; h < count; h += 1) {
    const from = at(nodes, origin(h));
    const to = at(nodes, origin(h ^ 1));
    at(leaving, origin(h)).push({ h, angle: Math.atan2(to.y - from.y, to.x - from.x) });
  }
  const next = new Int32Array(count);
  for (const fan of leaving) {
    fan.sort((a, b) => a.angle - b.angle);
    // Arriving by the twin of fan[i], the leftmost way on is the one before it in the fan.
    fan.forEach(({ h }, i) => {
      next[h ^ 1] = at(fan, (i - 1 + fan.length) % fan.length).h;
    });
  }
  const leftOf = new Int32Array(count).fill(-1);
  const seen = new Uint8Array(count);
  const faces: Face[] = [];
  for (let h = 0; h < count; h += 1) {
    if (seen[h] === 1) continue;
    const sides: number[] = [];
    for (let walk = h; seen[walk] !== 1; walk = at(next, walk)) {
      seen[walk] = 1;
      sides.push(walk);
    }
    const ids = sides.map(origin);
    const ring = ids.map((id) => at(nodes, id));
    const area = signedArea(ring);
    if (area <= 1) continue;
    for (const side of sides) leftOf[side] = faces.length;
    faces.push({ ring, nodes: ids, sides, area });
  }
  return { faces, leftOf };
}
