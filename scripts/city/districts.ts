import type { Faces } from './faces';
import type { Network } from './network';
import { DISTRICTS } from './plan-places';
import {
  at,
  centroid,
  cross,
  distance,
  type Line,
  type Ring,
  signedArea,
  sub,
  type Vec,
} from './plane';

/** True on the right-hand side of the river as it flows from north to south, which is west. */
function westOf(middle: Line, p: Vec): boolean {
  let nearest = 1;
  for (let i = 1; i < middle.length; i += 1) {
    if (distance(at(middle, i), p) < distance(at(middle, nearest), p)) nearest = i;
  }
  const along = sub(at(middle, nearest), at(middle, nearest - 1));
  return cross(along, sub(p, at(middle, nearest))) < 0;
}

/**
 * The district of each block: the nearest on the same bank, each district in one piece.
 * Blocks that `counts` leaves out (water, countryside) get -1.
 */
export function assignDistricts(
  faces: Faces,
  river: Line,
  counts: (face: number) => boolean,
): number[] {
  const banks = DISTRICTS.map((district) => westOf(river, district.at));
  const owner = faces.faces.map((face, i) => {
    if (!counts(i)) return -1;
    const middle = centroid(face.ring);
    const west = westOf(river, middle);
    let best = -1;
    DISTRICTS.forEach((district, k) => {
      if (banks[k] !== west) return;
      if (best < 0 || distance(district.at, middle) < distance(at(DISTRICTS, best).at, middle)) {
        best = k;
      }
    });
    return best;
  });
  return inOnePiece(faces, owner);
}

/** Hands splinters of a district to the neighbour that they touch most, or to none. */
function inOnePiece(faces: Faces, first: number[]): number[] {
  const owner = [...first];
  const neighbours = faces.faces.map((face) =>
    face.sides.map((side) => at(faces.leftOf, side ^ 1)).filter((other) => other >= 0),
  );
  for (let round = 0; round < 4; round += 1) {
    const piece = new Int32Array(owner.length).fill(-1);
    const largest = new Map<number, number[]>();
    const splinters: number[][] = [];
    owner.forEach((district, start) => {
      if (district < 0 || piece[start] !== -1) return;
      const members = [start];
      piece[start] = start;
      for (let next = 0; next < members.length; next += 1) {
        for (const other of at(neighbours, at(members, next))) {
          if (owner[other] !== district || piece[other] !== -1) continue;
          piece[other] = start;
          members.push(other);
        }
      }
      const known = largest.get(district) ?? [];
      if (known.length > 0) splinters.push(known.length > members.length ? members : known);
      if (members.length >= known.length) largest.set(district, members);
    });
    if (splinters.length === 0) break;
    for (const members of splinters) {
      const touched = members
        .flatMap((member) => at(neighbours, member))
        .map((other) => at(owner, other))
        .filter((district) => district >= 0 && district !== owner[at(members, 0)]);
      const tally = new Map<number, number>();
      for (const district of touched) tally.set(district, (tally.get(district) ?? 0) + 1);
      const [winner] = [...tally].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      for (const member of members) owner[member] = winner?.[0] ?? -1;
    }
  }
  return owner;
}

/** The outline of each district, along the streets that divide it from the next. */
export function districtRings(network: Network, faces: Faces, owner: number[]): Ring[] {
  return DISTRICTS.map((_, district) => {
    const belongs = (h: number): boolean => {
      const face = at(faces.leftOf, h);
      return face >= 0 && at(owner, face) === district;
    };
    const leaving = new Map<number, number[]>();
    const origin = (h: number): number => {
      const segment = at(network.segments, h >> 1);
      return h % 2 === 0 ? segment.a : segment.b;
    };
    for (let h = 0; h < faces.leftOf.length; h += 1) {
      if (belongs(h) && !belongs(h ^ 1))
        leaving.set(origin(h), [...(leaving.get(origin(h)) ?? []), h]);
    }
    let largest: Ring = [];
    for (const start of [...leaving.keys()]) {
      const ring: Ring = [];
      for (let node = start; ; ) {
        const options = leaving.get(node);
        const h = options?.pop();
        if (h === undefined) break;
        ring.push(at(network.nodes, node));
        node = origin(h ^ 1);
      }
      if (ring.length > 2 && signedArea(ring) > (largest.length > 2 ? signedArea(largest) : 0))
        largest = ring;
    }
    return largest;
  });
}
