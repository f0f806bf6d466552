import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CENTRE } from './plan-land';
import { at, type Line, type Ring, signedArea, type Vec } from './plane';

const METRES_PER_DEGREE = (6_371_008.8 * Math.PI) / 180;
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

export type Position = [lng: number, lat: number];

export const toPosition = (p: Vec): Position => [
  round(CENTRE.lng + p.x / (METRES_PER_DEGREE * Math.cos((CENTRE.lat * Math.PI) / 180))),
  round(CENTRE.lat + p.y / METRES_PER_DEGREE),
];

/** A closed GeoJSON ring; outer rings counter-clockwise, holes clockwise (RFC 7946). */
function toRing(ring: Ring, hole: boolean): Position[] {
  const turned = signedArea(ring) > 0 === hole ? [...ring].reverse() : ring;
  return [...turned, at(turned, 0)].map(toPosition);
}

export const polygon = (rings: Ring[]) => ({
  type: 'Polygon' as const,
  coordinates: rings.map((ring, i) => toRing(ring, i > 0)),
});

export const multiPolygon = (polygons: Ring[][]) => ({
  type: 'MultiPolygon' as const,
  coordinates: polygons.map((rings) => rings.map((ring, i) => toRing(ring, i > 0))),
});

export const lineString = (line: Line) => ({
  type: 'LineString' as const,
  coordinates: line.map(toPosition),
});

export const point = (p: Vec) => ({ type: 'Point' as const, coordinates: toPosition(p) });

export type Feature = { geometry: object; properties: Record<string, string | number | boolean> };

export function writeJson(folder: string, file: string, value: unknown): number {
  mkdirSync(folder, { recursive: true });
  const text = `${JSON.stringify(value)}\n`;
  writeFileSync(join(folder, file), text);
  return Buffer.byteLength(text);
}

export const collection = (features: Feature[]) => ({
  type: 'FeatureCollection',
  features: features.map((feature) => ({ type: 'Feature', ...feature })),
});
