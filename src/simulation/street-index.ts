import { EARTH_RADIUS_M, type GeoPoint } from '@/domain/geo';
import type { CityGraph } from './city';

/** A place on an edge: the share along it from its first node, and how far the point was. */
export type Snap = { edge: number; share: number; point: GeoPoint; awayM: number };

const CELL_M = 120;
const METERS_PER_DEGREE = (EARTH_RADIUS_M * Math.PI) / 180;

/** Finds the nearest edge through a grid; plane geometry, right to well under a metre in a town. */
export function indexStreets(graph: CityGraph): (p: GeoPoint) => Snap {
  const origin = graph.nodes[0] ?? { lat: 0, lng: 0 };
  const perLng = METERS_PER_DEGREE * Math.cos((origin.lat * Math.PI) / 180);
  const x = (p: GeoPoint): number => (p.lng - origin.lng) * perLng;
  const y = (p: GeoPoint): number => (p.lat - origin.lat) * METERS_PER_DEGREE;
  const cell = (metres: number): number => Math.floor(metres / CELL_M);
  const cells = new Map<number, number[]>();
  const key = (column: number, row: number): number => column * 65_537 + row;

  const ends = graph.edges.map((edge) => {
    const a = graph.nodes[edge.from] ?? origin;
    const b = graph.nodes[edge.to] ?? origin;
    return { ax: x(a), ay: y(a), bx: x(b), by: y(b) };
  });
  let reach = 1;
  ends.forEach(({ ax, ay, bx, by }, edge) => {
    reach = Math.max(reach, Math.abs(cell(ax)), Math.abs(cell(ay)));
    for (let i = cell(Math.min(ax, bx)); i <= cell(Math.max(ax, bx)); i += 1) {
      for (let k = cell(Math.min(ay, by)); k <= cell(Math.max(ay, by)); k += 1) {
        const list = cells.get(key(i, k));
        if (list) list.push(edge);
        else cells.set(key(i, k), [edge]);
      }
    }
  });

  return (p) => {
    const px = x(p);
    const py = y(p);
    const column = cell(px);
    const row = cell(py);
    const farthest = 2 * reach + Math.abs(column) + Math.abs(row);
    let best = { edge: -1, share: 0, awayM: Number.POSITIVE_INFINITY };
    for (let ring = 0; ring <= farthest; ring += 1) {
      for (let i = column - ring; i <= column + ring; i += 1) {
        const rim = Math.abs(i - column) === ring;
        for (let k = row - ring; k <= row + ring; k += rim || ring === 0 ? 1 : 2 * ring) {
          for (const edge of cells.get(key(i, k)) ?? []) {
            const found = away(px, py, edge);
            if (found.awayM < best.awayM) best = { edge, ...found };
          }
        }
      }
      // Anything in a farther ring of cells is at least `ring` cells away.
      if (best.awayM <= ring * CELL_M) break;
    }
    const edge = graph.edges[best.edge];
    const a = graph.nodes[edge?.from ?? 0] ?? origin;
    const b = graph.nodes[edge?.to ?? 0] ?? origin;
    const point = {
      lat: a.lat + (b.lat - a.lat) * best.share,
      lng: a.lng + (b.lng - a.lng) * best.share,
    };
    return { ...best, point };
  };

  function away(px: number, py: number, edge: number): { share: number; awayM: number } {
    const end = ends[edge];
    if (end === undefined) return { share: 0, awayM: Number.POSITIVE_INFINITY };
    const dx = end.bx - end.ax;
    const dy = end.by - end.ay;
    const size = dx * dx + dy * dy;
    const along = size === 0 ? 0 : ((px - end.ax) * dx + (py - end.ay) * dy) / size;
    const share = Math.max(0, Math.min(1, along));
    const ox = px - (end.ax + dx * share);
    const oy = py - (end.ay + dy * share);
    return { share, awayM: Math.sqrt(ox * ox + oy * oy) };
  }
}
