import { bearingDegrees, type GeoPoint, haversineMeters } from '@/domain/geo';
import type { CityGraph, StreetClass } from './city';
import { MinHeap } from './min-heap';
import { indexStreets, type Snap } from './street-index';

/** The way from door to door along the streets, with its length over the ground. */
export type Route = { points: GeoPoint[]; distanceM: number };

export type Router = { route: (from: GeoPoint, to: GeoPoint) => Route };

/** What a metre costs: drivers prefer wide streets to crooked lanes. Never below 1, see `route`. */
const COST: Record<StreetClass, number> = { boulevard: 1, street: 1.1, lane: 1.25 };

type Step = { node: number; meters: number; cost: number };

/** Prepares the graph once; each route is A* over it, about 0.5 ms for the demo city. */
export function buildRouter(graph: CityGraph): Router {
  const nearest = indexStreets(graph);
  const steps: Step[][] = graph.nodes.map(() => []);
  for (const { from, to, meters, class: roadClass } of graph.edges) {
    const cost = meters * COST[roadClass];
    steps[from]?.push({ node: to, meters, cost });
    steps[to]?.push({ node: from, meters, cost });
  }
  const count = graph.nodes.length;
  const costs = new Float64Array(count);
  const previous = new Int32Array(count);
  const seen = new Int32Array(count);
  const closed = new Int32Array(count);
  const heap = new MinHeap();
  let run = 0;

  function relax(node: number, cost: number, via: number, target: GeoPoint): void {
    const place = graph.nodes[node];
    if (place === undefined || (seen[node] === run && (costs[node] ?? 0) <= cost)) return;
    seen[node] = run;
    costs[node] = cost;
    previous[node] = via;
    // The straight line never costs more than the streets, so the estimate is admissible.
    heap.push(node, cost + haversineMeters(place, target));
  }

  /** The nodes between two snapped places, in order; empty when both lie on one edge. */
  function search(start: Snap, goal: Snap): number[] {
    const first = graph.edges[start.edge];
    const last = graph.edges[goal.edge];
    if (first === undefined || last === undefined || start.edge === goal.edge) return [];
    run += 1;
    heap.clear();
    relax(first.from, first.meters * COST[first.class] * start.share, -1, goal.point);
    relax(first.to, first.meters * COST[first.class] * (1 - start.share), -1, goal.point);
    let best = Number.POSITIVE_INFINITY;
    let end = -1;
    for (let node = heap.pop(); node >= 0; node = heap.pop()) {
      if (closed[node] === run) continue;
      closed[node] = run;
      const cost = costs[node] ?? 0;
      if (cost >= best) break;
      const share = node === last.from ? goal.share : node === last.to ? 1 - goal.share : null;
      if (share !== null && cost + last.meters * COST[last.class] * share < best) {
        best = cost + last.meters * COST[last.class] * share;
        end = node;
      }
      for (const step of steps[node] ?? []) relax(step.node, cost + step.cost, node, goal.point);
    }
    const path: number[] = [];
    for (let node = end; node >= 0; node = previous[node] ?? -1) path.push(node);
    return path.reverse();
  }

  return {
    route(from, to) {
      const start = nearest(from);
      const goal = nearest(to);
      const between = search(start, goal).flatMap((node) => graph.nodes[node] ?? []);
      const points = withoutRepeats([from, start.point, ...between, goal.point, to]);
      return { points, distanceM: lengthOf(points) };
    },
  };
}

function withoutRepeats(points: GeoPoint[]): GeoPoint[] {
  return points.filter((p, i) => {
    const before = points[i - 1];
    return before === undefined || p.lat !== before.lat || p.lng !== before.lng;
  });
}

function lengthOf(points: GeoPoint[]): number {
  let sum = 0;
  points.forEach((p, i) => {
    const before = points[i - 1];
    if (before !== undefined) sum += haversineMeters(before, p);
  });
  return sum;
}

/** Where someone is after `metres` of the route, which way they face, and whether they are there. */
export function walkAlong(
  route: Pick<Route, 'points'>,
  metres: number,
): { point: GeoPoint; headingDeg: number; done: boolean } {
  const [first, ...rest] = route.points;
  if (first === undefined) throw new RangeError('A route has at least one point');
  let left = Math.max(0, metres);
  let from = first;
  let headingDeg = 0;
  for (const to of rest) {
    const size = haversineMeters(from, to);
    headingDeg = bearingDegrees(from, to);
    if (left < size) {
      const share = left / size;
      const point = {
        lat: from.lat + (to.lat - from.lat) * share,
        lng: from.lng + (to.lng - from.lng) * share,
      };
      return { point, headingDeg, done: false };
    }
    left -= size;
    from = to;
  }
  return { point: from, headingDeg, done: true };
}
