import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { loadCity } from './city';
import { indexStreets } from './street-index';

const city = loadCity();

type Ring = [number, number][];
type Shapes = {
  features: {
    properties: { kind: string };
    geometry:
      | { type: 'Polygon'; coordinates: Ring[] }
      | { type: 'MultiPolygon'; coordinates: Ring[][] };
  }[];
};

function readShapes(file: string, kinds?: string[]): Ring[][] {
  const shapes: Shapes = JSON.parse(readFileSync(join('public/city', file), 'utf8'));
  return shapes.features
    .filter((feature) => kinds === undefined || kinds.includes(feature.properties.kind))
    .flatMap(({ geometry }) =>
      geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
    );
}

function isInside({ lat, lng }: GeoPoint, polygon: Ring[]): boolean {
  let inside = false;
  for (const ring of polygon) {
    ring.forEach(([x, y], i) => {
      const [px, py] = ring[(i + ring.length - 1) % ring.length] ?? [x, y];
      if (y > lat !== py > lat && lng < ((px - x) * (lat - y)) / (py - y) + x) inside = !inside;
    });
  }
  return inside;
}

describe('the street graph', () => {
  it('is one connected piece', () => {
    const neighbours: number[][] = city.graph.nodes.map(() => []);
    for (const { from, to } of city.graph.edges) {
      neighbours[from]?.push(to);
      neighbours[to]?.push(from);
    }
    const seen = new Set([0]);
    const open = [0];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const next of neighbours[node] ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    expect(seen.size).toBe(city.graph.nodes.length);
  });

  it('has edges with a name and their true length', () => {
    for (const edge of city.graph.edges) {
      const a = city.graph.nodes[edge.from];
      const b = city.graph.nodes[edge.to];
      if (a === undefined || b === undefined) throw new Error('An edge leads nowhere');
      expect(edge.street).not.toBe('');
      expect(edge.meters - haversineMeters(a, b)).toBeGreaterThanOrEqual(0);
      expect(edge.meters - haversineMeters(a, b)).toBeLessThan(0.11);
    }
  });
});

describe('addresses', () => {
  const land = readShapes('land.geojson', ['island']);
  const water = readShapes('water.geojson', ['river', 'dock', 'pond']);
  const green = readShapes('parks.geojson');

  it('are some thousands, each once', () => {
    expect(city.addresses.length).toBeGreaterThan(2000);
    expect(city.addresses.length).toBeLessThan(4000);
    const words = city.addresses.map((a) => `${a.number} ${a.street}`);
    expect(new Set(words).size).toBe(words.length);
  });

  it('stand on land, out of water and parks', () => {
    for (const { point, street, number } of city.addresses) {
      const where = `${number} ${street}`;
      expect(
        land.some((shape) => isInside(point, shape)),
        where,
      ).toBe(true);
      expect(
        water.some((shape) => isInside(point, shape)),
        where,
      ).toBe(false);
      expect(
        green.some((shape) => isInside(point, shape)),
        where,
      ).toBe(false);
    }
  });

  it('lie a few metres off their street, in a district that holds them', () => {
    const nearest = indexStreets(city.graph);
    for (const { point, district } of city.addresses) {
      const { awayM } = nearest(point);
      expect(awayM).toBeGreaterThan(4);
      expect(awayM).toBeLessThan(30);
      const outline = city.districts[district]?.outline ?? [];
      expect(isInside(point, [outline.map((p): [number, number] => [p.lng, p.lat])])).toBe(true);
    }
  });
});

describe('districts', () => {
  it('have names and closed outlines around their label', () => {
    expect(city.districts.length).toBeGreaterThanOrEqual(8);
    for (const { name, outline } of city.districts) {
      expect(name).not.toBe('');
      expect(outline.length).toBeGreaterThan(3);
      expect(outline[0]).toEqual(outline.at(-1));
    }
  });
});
