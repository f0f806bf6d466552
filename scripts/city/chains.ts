import { simplify } from './curves';
import type { Network, Road, Segment } from './network';
import { at, distance, mix, type Vec } from './plane';
import type { Random } from './random';

/** A run of segments of one road between two junctions (or ends). */
export type Chain = { nodes: number[]; segments: number[]; road: number; metres: number };

export function degrees(network: Network): Int32Array {
  const counts = new Int32Array(network.nodes.length);
  for (const { a, b } of network.segments) {
    counts[a] = at(counts, a) + 1;
    counts[b] = at(counts, b) + 1;
  }
  return counts;
}

function segmentsAtNodes(network: Network): number[][] {
  const lists: number[][] = network.nodes.map(() => []);
  network.segments.forEach(({ a, b }, i) => {
    at(lists, a).push(i);
    at(lists, b).push(i);
  });
  return lists;
}

/** Splits the network into chains. `through` joins a road across its junctions, for drawing. */
export function findChains(network: Network, through = false): Chain[] {
  const around = segmentsAtNodes(network);
  const used = new Uint8Array(network.segments.length);
  const next = (node: number, road: number): number | undefined => {
    const here = at(around, node);
    if (!through && here.length !== 2) return undefined;
    const options = here.filter((i) => used[i] === 0 && at(network.segments, i).road === road);
    return options[0];
  };
  const chains: Chain[] = [];
  const grow = (first: number): void => {
    const segment = at(network.segments, first);
    used[first] = 1;
    const nodes = [segment.a, segment.b];
    const list = [first];
    for (const forwards of [true, false]) {
      let tip = forwards ? segment.b : segment.a;
      for (let i = next(tip, segment.road); i !== undefined; i = next(tip, segment.road)) {
        used[i] = 1;
        const found = at(network.segments, i);
        tip = found.a === tip ? found.b : found.a;
        if (forwards) {
          nodes.push(tip);
          list.push(i);
        } else {
          nodes.unshift(tip);
          list.unshift(i);
        }
      }
    }
    let metres = 0;
    for (let i = 1; i < nodes.length; i += 1) {
      metres += distance(at(network.nodes, at(nodes, i - 1)), at(network.nodes, at(nodes, i)));
    }
    chains.push({ nodes, segments: list, road: segment.road, metres });
  };
  network.segments.forEach((_, i) => {
    if (used[i] === 0) grow(i);
  });
  return chains;
}

function without(network: Network, gone: Set<number>): Network {
  return { nodes: network.nodes, segments: network.segments.filter((_, i) => !gone.has(i)) };
}

/** Removes dead ends for as long as `isStub` says so. */
export function pruneStubs(
  network: Network,
  isStub: (metres: number, end: Vec, road: number) => boolean,
): Network {
  let current = network;
  for (let round = 0; round < 8; round += 1) {
    const degree = degrees(current);
    const gone = new Set<number>();
    for (const chain of findChains(current)) {
      const first = at(chain.nodes, 0);
      const last = at(chain.nodes, chain.nodes.length - 1);
      const loose = at(degree, first) === 1 ? first : at(degree, last) === 1 ? last : -1;
      if (loose < 0) continue;
      if (isStub(chain.metres, at(current.nodes, loose), chain.road)) {
        for (const i of chain.segments) gone.add(i);
      }
    }
    if (gone.size === 0) break;
    current = without(current, gone);
  }
  return current;
}

/** Pulls junctions closer than `limit` metres into one; the node on the grander road stays put. */
export function mergeJunctions(network: Network, roads: Road[], limit: number): Network {
  const degree = degrees(network);
  const rank = (road: number): number =>
    ['boulevard', 'street', 'lane', 'path'].indexOf(at(roads, road).class);
  const best = new Int32Array(network.nodes.length).fill(9);
  for (const { a, b, road } of network.segments) {
    for (const node of [a, b]) best[node] = Math.min(at(best, node), rank(road));
  }
  const into = network.nodes.map((_, i) => i);
  const root = (i: number): number => {
    const parent = at(into, i);
    return parent === i ? i : root(parent);
  };
  const nodes = [...network.nodes];
  for (const chain of findChains(network)) {
    const a = root(at(chain.nodes, 0));
    const b = root(at(chain.nodes, chain.nodes.length - 1));
    if (chain.metres > limit || a === b || at(degree, a) < 3 || at(degree, b) < 3) continue;
    const keepA = at(best, a) <= at(best, b);
    const [kept, lost] = keepA ? [a, b] : [b, a];
    if (at(best, a) === at(best, b)) nodes[kept] = mix(at(nodes, a), at(nodes, b), 0.5);
    into[lost] = kept;
    for (const inner of chain.nodes.slice(1, -1)) into[root(inner)] = kept;
  }
  return welded({ nodes, segments: network.segments }, root);
}

function welded(network: Network, root: (i: number) => number): Network {
  const seen = new Set<string>();
  const segments: Segment[] = [];
  for (const { a, b, road } of network.segments) {
    const from = root(a);
    const to = root(b);
    const key = from < to ? `${from}-${to}` : `${to}-${from}`;
    if (from === to || seen.has(key)) continue;
    seen.add(key);
    segments.push({ a: from, b: to, road });
  }
  return { nodes: network.nodes, segments };
}

/** Takes out some chains between full crossings, so that streets meet in T's as in a grown town. */
export function thinOut(
  network: Network,
  roads: Road[],
  random: Random,
  chance: (p: Vec) => number,
): Network {
  const degree = degrees(network);
  const gone = new Set<number>();
  for (const chain of findChains(network)) {
    const a = at(chain.nodes, 0);
    const b = at(chain.nodes, chain.nodes.length - 1);
    const roll = random();
    if (at(roads, chain.road).class !== 'lane' || at(degree, a) < 4 || at(degree, b) < 4) continue;
    if (roll > chance(at(network.nodes, a))) continue;
    degree[a] = at(degree, a) - 1;
    degree[b] = at(degree, b) - 1;
    for (const i of chain.segments) gone.add(i);
  }
  return without(network, gone);
}

/** Keeps the largest connected part, drops bends that matter little, and renumbers the nodes. */
export function tidy(network: Network, tolerance: number): Network {
  const parent = network.nodes.map((_, i) => i);
  const root = (start: number): number => {
    let i = start;
    while (at(parent, i) !== i) {
      parent[i] = at(parent, at(parent, i));
      i = at(parent, i);
    }
    return i;
  };
  for (const { a, b } of network.segments) parent[root(a)] = root(b);
  const sizes = new Map<number, number>();
  for (const { a } of network.segments) sizes.set(root(a), (sizes.get(root(a)) ?? 0) + 1);
  const largest = [...sizes].reduce((x, y) => (y[1] > x[1] ? y : x))[0];
  const kept = {
    nodes: network.nodes,
    segments: network.segments.filter((s) => root(s.a) === largest),
  };
  const numbers = new Map<number, number>();
  const nodes: Vec[] = [];
  const renumber = (id: number): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, nodes.length);
    return nodes.push(at(kept.nodes, id)) - 1;
  };
  const segments: Segment[] = [];
  for (const chain of findChains(kept)) {
    const line = chain.nodes.map((id) => ({ ...at(kept.nodes, id), id }));
    const ids = simplify(line, tolerance).map((p) => p.id);
    for (let i = 1; i < ids.length; i += 1) {
      segments.push({ a: renumber(at(ids, i - 1)), b: renumber(at(ids, i)), road: chain.road });
    }
  }
  return { nodes, segments };
}
