import { haversineMeters } from '@/domain/geo';
import { findChains } from './chains';
import { streetNamer } from './names';
import type { Network, Road, RoadClass } from './network';
import { type Feature, lineString, type Position, toPosition } from './output';
import { at, type Line, mix, type Vec } from './plane';
import type { Random } from './random';
import { character } from './streets';
import { isWater, type Terrain } from './terrain';

const CLASSES: RoadClass[] = ['boulevard', 'street', 'lane'];

/** Gives every road without a name one that suits the part of town it starts in. */
export function nameRoads(network: Network, roads: Road[], random: Random): Road[] {
  const namer = streetNamer(random);
  const named = roads.map((road) => ({ ...road }));
  for (const { road: id, a } of network.segments) {
    const road = at(named, id);
    if (road.name !== undefined || road.class === 'path') continue;
    road.name = namer(character(at(network.nodes, a)), road.class === 'lane' ? 'lane' : 'street');
  }
  return named;
}

function isOverWater(a: Vec, b: Vec, terrain: Terrain): boolean {
  return [0.1, 0.3, 0.5, 0.7, 0.9].some((share) => isWater(mix(a, b, share), terrain));
}

export function streetFeatures(network: Network, roads: Road[], terrain: Terrain): Feature[] {
  const features: Feature[] = [];
  for (const chain of findChains(network, true)) {
    const road = at(roads, chain.road);
    let current: { bridge: boolean; line: Line } | null = null;
    const flush = (): void => {
      if (current === null) return;
      features.push({
        geometry: lineString(current.line),
        properties: {
          ...(road.name === undefined ? {} : { name: road.name }),
          class: road.class,
          ...(current.bridge ? { bridge: true } : {}),
        },
      });
    };
    for (let i = 1; i < chain.nodes.length; i += 1) {
      const a = at(network.nodes, at(chain.nodes, i - 1));
      const b = at(network.nodes, at(chain.nodes, i));
      const bridge = isOverWater(a, b, terrain);
      if (current !== null && current.bridge === bridge) {
        current.line.push(b);
        continue;
      }
      flush();
      current = { bridge, line: [a, b] };
    }
    flush();
  }
  return features;
}

export type GraphFile = {
  names: string[];
  nodes: Position[];
  /** From node, to node, metres, class (0 boulevard, 1 street, 2 lane), index into names. */
  edges: [number, number, number, number, number][];
};

export function graphFile(network: Network, roads: Road[]): GraphFile {
  const nodes = network.nodes.map(toPosition);
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const nameIndex = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, names.length);
    return names.push(name) - 1;
  };
  const point = (id: number) => {
    const [lng, lat] = at(nodes, id);
    return { lat, lng };
  };
  const edges = network.segments.map(({ a, b, road }): GraphFile['edges'][number] => [
    a,
    b,
    // Rounded up, so that a route never comes out shorter than the straight line.
    Math.ceil(haversineMeters(point(a), point(b)) * 10) / 10,
    CLASSES.indexOf(at(roads, road).class),
    nameIndex(at(roads, road).name ?? ''),
  ]);
  return { names, nodes, edges };
}
