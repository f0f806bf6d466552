import { findChains, mergeJunctions, pruneStubs, thinOut, tidy } from './chains';
import { contourLines, keepStretches } from './contour';
import { relax, resample, simplify, spline } from './curves';
import { type Face, findFaces } from './faces';
import { directionField, type Guide } from './field';
import { quayName } from './names';
import { joinEnds, type Network, planarise, type Road, recut } from './network';
import { BEACHES, SEED } from './plan-land';
import { DISTRICTS, PARKS } from './plan-places';
import { BOULEVARDS, ISLAND_ROAD, OLD_TOWN, PARK_RING, TOWN } from './plan-streets';
import { at, centroid, distance, dot, insideRing, lineLength, type Vec, vec } from './plane';
import { type Random, smoothNoise } from './random';
import type { ShoreGrid } from './terrain';
import { RoadSamples, seedsBeside, type TraceRules, traceRoads } from './trace';

export const LOW = vec(-4300, -3300);
export const HIGH = vec(4300, 3500);

export type Park = { name: string; kind: (typeof PARKS)[number]['kind']; face: Face };
export type Streets = { network: Network; roads: Road[]; parks: Park[] };

const near = (p: Vec, centre: Vec, radius: number): number =>
  Math.exp(-((distance(p, centre) / radius) ** 4));

/** How far quays and promenades keep from the water, in metres. */
function setback(p: Vec): number {
  const sand = Math.max(...BEACHES.map((beach) => near(p, beach.centre, beach.radius)));
  const wild = smoothNoise(p.x, p.y, 500, SEED + 3) * 8;
  return 25 + 34 * sand + (near(p, vec(400, -1100), 2300) > 0.3 ? 0 : 12 + wild);
}

export function character(p: Vec): (typeof DISTRICTS)[number]['character'] {
  return DISTRICTS.reduce((a, b) => (distance(p, b.at) < distance(p, a.at) ? b : a)).character;
}

const LANE_SPACING = {
  old: [47, 62],
  centre: [82, 118],
  inner: [78, 128],
  suburb: [84, 150],
  dock: [120, 190],
} as const;

/** Blocks are longer one way than the other; which way changes slowly across the town. */
function laneSpacing(p: Vec, heading: Vec): number {
  const [short, long] = LANE_SPACING[character(p)];
  const grain = smoothNoise(p.x, p.y, 1100, SEED + 21) * Math.PI;
  const along = Math.abs(dot(heading, vec(Math.cos(grain), Math.sin(grain))));
  const edge = 1 + 0.25 * Math.max(0, distance(p, vec(-300, 0)) / 3000 - 0.6);
  return (along > Math.SQRT1_2 ? short : long) * edge;
}

export function layStreets(shore: ShoreGrid, random: Random): Streets {
  const ashore = (p: Vec): number => shore.distanceAt(p) - setback(p);
  const inTown = (p: Vec): boolean => insideRing(p, TOWN);
  const roads: Road[] = BOULEVARDS.map((b) => ({
    name: b.name,
    class: b.class,
    line: resample(spline(b.line, 25), 20),
  }));
  roads.push({
    name: 'Round Island Road',
    class: 'street',
    line: resample(spline(ISLAND_ROAD, 30), 25),
  });

  const parkRing = spline(PARK_RING, 20, true);
  roads.push({ name: 'Park Circle', class: 'street', line: [...parkRing, at(parkRing, 0)] });

  const quays = contourLines(ashore, LOW, HIGH, 12)
    .map((line) => relax(line, 6, false))
    .flatMap((line) => keepStretches(line, inTown))
    .filter((line) => lineLength(line) > 700)
    .map((line) => resample(simplify(line, 1.2), 18));
  for (const line of quays) {
    for (const part of splitByName(line)) roads.push({ class: 'street', ...part });
  }

  const guides: Guide[] = [
    ...BOULEVARDS.map((b) => ({
      line: spline(b.line, 40),
      weight: b.class === 'boulevard' ? 1 : 0.6,
      reach: 150,
    })),
    { line: [...parkRing, at(parkRing, 0)], weight: 0.7, reach: 110 },
    ...quays.map((line) => ({
      line: simplify(relax(resample(line, 60), 4), 4),
      weight: 0.9,
      reach: 130,
    })),
  ];
  const field = directionField(guides, LOW, HIGH);
  const samples = new RoadSamples();
  for (const road of roads) samples.add(road.line);

  const buildable = (p: Vec): boolean => ashore(p) > 0 && inTown(p) && !insideRing(p, parkRing);
  const arterial: TraceRules = {
    field,
    allowed: buildable,
    spacing: (p) => (distance(p, OLD_TOWN.centre) < 650 ? 190 : 275),
    shortest: 240,
    longest: (roll) => 900 + roll() * 1900,
  };
  const seeds = roads.flatMap((road) => seedsBeside(road.line, arterial, random));
  const streets = traceRoads(seeds, arterial, samples, random);
  for (const line of streets) roads.push({ class: 'street', line });

  const skeleton = tidy(
    pruneStubs(
      planarise(
        joinEnds(roads, () => 190),
        4,
      ),
      (metres) => metres < 200,
    ),
    0.5,
  );
  const parks = chooseParks(findFaces(skeleton).faces);
  const rings = parks.map((park) => park.face.ring);
  const residential: TraceRules = {
    field,
    allowed: (p) => buildable(p) && !rings.some((ring) => insideRing(p, ring)),
    spacing: laneSpacing,
    shortest: 70,
    longest: (roll) => 320 + roll() * 900,
  };
  const laneSeeds = roads.flatMap((road) => seedsBeside(road.line, residential, random));
  for (const line of traceRoads(laneSeeds, residential, samples, random)) {
    roads.push({ class: 'lane', line });
  }
  return { ...refine(roads, random), roads, parks };
}

/** A waterfront cut where its name changes; neighbours share the point of the cut. */
function splitByName(line: Vec[]): { name: string; line: Vec[] }[] {
  const parts: { name: string; line: Vec[] }[] = [];
  for (const p of line) {
    const last = parts[parts.length - 1];
    const name = quayName(p);
    if (last === undefined) parts.push({ name, line: [p] });
    else {
      last.line.push(p);
      if (last.name !== name) parts.push({ name, line: [p] });
    }
  }
  return parts.filter((part) => part.line.length > 1);
}

/** Country roads are drawn up to this many metres short of the one that they meet. */
const COUNTRY_REACH = 600;

function refine(roads: Road[], random: Random): { network: Network } {
  const joined = joinEnds(roads, (p, road) => {
    if (road.class === 'boulevard' && !insideRing(p, TOWN)) return COUNTRY_REACH;
    return character(p) === 'old' ? 60 : 110;
  });
  const isStub = (metres: number, end: Vec, road: number): boolean => {
    const kind = at(roads, road).class;
    if (kind === 'boulevard') return metres < 40;
    const culDeSac = kind === 'lane' && character(end) === 'suburb' && metres > 48 && metres < 130;
    return !(culDeSac && smoothNoise(end.x, end.y, 40, SEED + 5) > 0.15);
  };
  let network = pruneStubs(planarise(joined, 3), isStub);
  network = recut(mergeJunctions(network, roads, 17), roads, 3);
  network = thinOut(network, roads, random, (p) =>
    character(p) === 'old' ? 0.1 : character(p) === 'centre' ? 0.05 : 0.16,
  );
  network = dropSlivers(network, roads);
  network = pruneStubs(network, isStub);
  return { network: recut(tidy(network, 0.9), roads, 1) };
}

/** Takes the humblest road out of blocks too thin or small to build on. */
function dropSlivers(network: Network, roads: Road[]): Network {
  let current = network;
  for (let round = 0; round < 3; round += 1) {
    const chains = findChains(current);
    const chainOf = new Map<number, number>();
    chains.forEach((chain, i) => {
      for (const segment of chain.segments) chainOf.set(segment, i);
    });
    const gone = new Set<number>();
    for (const face of findFaces(current).faces) {
      const perimeter = lineLength([...face.ring, at(face.ring, 0)]);
      const roundness = (4 * Math.PI * face.area) / perimeter ** 2;
      if (face.area > 900 && roundness > 0.16 && face.area / perimeter > 7) continue;
      if (face.area > 30_000) continue;
      const around = [...new Set(face.sides.map((side) => chainOf.get(side >> 1) ?? -1))]
        .filter((i) => i >= 0 && at(roads, at(chains, i).road).class === 'lane')
        .sort((a, b) => at(chains, b).metres - at(chains, a).metres);
      const victim = around[0];
      if (victim === undefined) continue;
      for (const segment of at(chains, victim).segments) gone.add(segment);
    }
    if (gone.size === 0) break;
    current = { nodes: current.nodes, segments: current.segments.filter((_, i) => !gone.has(i)) };
  }
  return current;
}

function chooseParks(faces: Face[]): Park[] {
  const taken = new Set<Face>();
  return PARKS.flatMap(({ name, at: place, kind, hectares }) => {
    const fits = faces.filter((f) => !taken.has(f) && f.area < hectares * 10_000 && f.area > 9_000);
    const inside = fits.find((face) => insideRing(place, face.ring));
    const nearest = fits.reduce<Face | undefined>(
      (best, face) =>
        best === undefined ||
        distance(centroid(face.ring), place) < distance(centroid(best.ring), place)
          ? face
          : best,
      undefined,
    );
    const face = inside ?? nearest;
    if (face === undefined) return [];
    taken.add(face);
    return [{ name, kind, face }];
  });
}
