import { fileURLToPath } from 'node:url';
import { FRONTAGE, placeDoors } from './addresses';
import { buildBlock, type Footprint } from './buildings';
import { simplify } from './curves';
import { soundDepths } from './depths';
import { assignDistricts, districtRings } from './districts';
import { findFaces } from './faces';
import { graphFile, nameRoads, streetFeatures } from './graph';
import { type Green, growWoods, layBeaches, parkPaths, pond } from './greens';
import {
  collection,
  type Feature,
  lineString,
  multiPolygon,
  point,
  polygon,
  writeJson,
} from './output';
import { SEED } from './plan-land';
import { DISTRICTS, LAKES, SEA_NAMES, SQUARES } from './plan-places';
import { add, at, centroid, distance, insideRing } from './plane';
import { seededRandom } from './random';
import { drawStills } from './still';
import { character, HIGH, LOW, layStreets } from './streets';
import { measureShore, shapeTerrain } from './terrain';

/** A larger block, in square metres, is countryside. */
const RURAL = 220_000;
const BATCH = 100;

/** One shape for all houses is too much for a tile; one each would double the file. */
function inBatches(footprints: Footprint[]): Feature[] {
  const features: Feature[] = [];
  for (let i = 0; i < footprints.length; i += BATCH) {
    features.push({ geometry: multiPolygon(footprints.slice(i, i + BATCH)), properties: {} });
  }
  return features;
}

/** Draws Emberhaven from its seed and writes it to public/city. The same bytes every time. */
function generate(folder: string): void {
  const terrain = shapeTerrain();
  const shore = measureShore(terrain, LOW, HIGH);
  const streets = layStreets(shore, seededRandom(SEED));
  const { network } = streets;
  const roads = nameRoads(network, streets.roads, seededRandom(SEED + 1));
  const faces = findFaces(network);
  const ponds = LAKES.map((lake, i) => {
    const park = streets.parks.find(({ name }) => name === lake.park);
    const place = park ? add(centroid(park.face.ring), lake.at) : lake.at;
    return { name: lake.name, ring: pond(place, lake.radius, SEED + 40 + i) };
  });

  const parkOf = faces.faces.map((face) =>
    streets.parks.find((park) => insideRing(centroid(face.ring), park.face.ring)),
  );
  const squares = SQUARES.flatMap(({ name, at: place, most }) => {
    const free = faces.faces
      .map((face, i) => ({ face, i }))
      .filter(({ face, i }) => parkOf[i] === undefined && face.area < most && face.area > 1500);
    const best = free.reduce((a, b) =>
      distance(centroid(b.face.ring), place) < distance(centroid(a.face.ring), place) ? b : a,
    );
    return [{ name, ...best }];
  });
  const squareIds = new Set(squares.map((square) => square.i));
  const wet = (i: number): boolean => {
    const middle = centroid(at(faces.faces, i).ring);
    return shore.distanceAt(middle) < 6 && at(faces.faces, i).area > 400;
  };

  const owner = assignDistricts(
    faces,
    terrain.riverMiddle,
    (i) => parkOf[i] !== undefined || (at(faces.faces, i).area < RURAL && !wet(i)),
  );

  const random = seededRandom(SEED + 2);
  const footprints: Footprint[] = [];
  const built = faces.faces.map((face, i) => {
    if (parkOf[i] !== undefined || squareIds.has(i) || at(owner, i) < 0) return false;
    const sides = face.ring.map((from, k) => ({
      from,
      by: FRONTAGE[at(roads, at(network.segments, at(face.sides, k) >> 1).road).class],
    }));
    const found = buildBlock(sides, at(DISTRICTS, at(owner, i)).character, random);
    footprints.push(...found);
    return found.length > 0;
  });

  const doors = placeDoors(
    network,
    faces,
    roads,
    (i) => at(built, i),
    character,
    seededRandom(SEED + 3),
  );
  const graph = graphFile(network, roads);
  const streetIndex = new Map(graph.names.map((name, i) => [name, i]));
  const addresses = doors.map((door) => {
    const [lng, lat] = point(door.at).coordinates;
    return [streetIndex.get(door.street) ?? 0, door.number, lng, lat, at(owner, door.face)];
  });

  const greens: Green[] = [
    ...growWoods(terrain),
    ...layBeaches(terrain),
    ...streets.parks.map((park) => ({ name: park.name, kind: park.kind, rings: [park.face.ring] })),
    ...squares.map((square) => ({
      name: square.name,
      kind: 'square' as const,
      rings: [square.face.ring],
    })),
    { name: 'Heron Isle', kind: 'isle', rings: [terrain.isle] },
  ];
  const pathRandom = seededRandom(SEED + 4);
  const paths = streets.parks.flatMap((park) =>
    parkPaths(
      park.face,
      ponds.map((lake) => lake.ring),
      pathRandom,
    ),
  );

  const water = (name: string, kind: string, geometry: object): Feature => ({
    geometry,
    properties: { name, kind },
  });
  const outlines = districtRings(network, faces, owner);
  const sizes = {
    'land.geojson': collection([
      { geometry: polygon([terrain.island]), properties: { kind: 'island' } },
      ...terrain.outworks.map((ring) => ({
        geometry: polygon([ring]),
        properties: { kind: 'outwork' },
      })),
    ]),
    'water.geojson': collection([
      ...soundDepths(terrain).map((polygons, i) => ({
        geometry: multiPolygon(polygons),
        properties: { kind: 'depth', step: i },
      })),
      water('Tinder', 'river', polygon([terrain.river, terrain.isle])),
      ...terrain.docks.map((ring, i) => water(`Dock ${i + 1}`, 'dock', polygon([ring]))),
      ...ponds.map((lake) => water(lake.name, 'pond', polygon([lake.ring]))),
      water('River Tinder', 'course', lineString(simplify(terrain.riverMiddle, 2).reverse())),
      ...SEA_NAMES.map((sea) => water(sea.name, 'sea', point(sea.at))),
    ]),
    'parks.geojson': collection(
      greens.map(({ name, kind, rings }) => ({
        geometry: multiPolygon(rings.map((ring) => [ring])),
        properties: { name, kind },
      })),
    ),
    'streets.geojson': collection([
      ...streetFeatures(network, roads, terrain),
      ...paths.map((line) => ({ geometry: lineString(line), properties: { class: 'path' } })),
    ]),
    'districts.geojson': collection(
      DISTRICTS.flatMap(({ name }, i) => [
        { geometry: polygon([at(outlines, i)]), properties: { name, index: i, kind: 'area' } },
        {
          geometry: point(centroid(at(outlines, i))),
          properties: { name, index: i, kind: 'label' },
        },
      ]),
    ),
    'buildings.geojson': collection(inBatches(footprints)),
    'graph.json': graph,
    'addresses.json': addresses,
  };
  let total = 0;
  for (const [file, value] of Object.entries(sizes)) {
    const bytes = writeJson(folder, file, value);
    total += bytes;
    console.log(`${file.padEnd(20)} ${(bytes / 1024).toFixed(0).padStart(6)} KB`);
  }
  console.log(
    `${(total / 1024).toFixed(0)} KB; ${graph.nodes.length} nodes, ${graph.edges.length} edges, ` +
      `${graph.names.length} streets, ${addresses.length} doors, ${footprints.length} buildings`,
  );
}

generate(fileURLToPath(new URL('../../public/city', import.meta.url)));
drawStills();
