import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GeoPoint } from '@/domain/geo';

export type StreetClass = 'boulevard' | 'street' | 'lane';

/** A drivable piece of road between two nodes, straight, usable both ways. */
export type CityEdge = {
  /** Indexes into `nodes`. */
  from: number;
  to: number;
  meters: number;
  class: StreetClass;
  street: string;
};

export type CityGraph = { nodes: GeoPoint[]; edges: CityEdge[] };

export type CityAddress = {
  street: string;
  number: number;
  /** The door: on land, a few metres off the street. */
  point: GeoPoint;
  /** Index into the city's districts. */
  district: number;
};

export type CityDistrict = {
  name: string;
  label: GeoPoint;
  /** A closed ring: the last point repeats the first. */
  outline: GeoPoint[];
};

export type City = { graph: CityGraph; addresses: CityAddress[]; districts: CityDistrict[] };

type Position = [lng: number, lat: number];
type GraphFile = {
  names: string[];
  nodes: Position[];
  edges: [from: number, to: number, meters: number, roadClass: number, name: number][];
};
type AddressFile = [name: number, number: number, lng: number, lat: number, district: number][];
type DistrictFile = {
  features: (
    | {
        properties: { name: string; index: number; kind: 'area' };
        geometry: { type: 'Polygon'; coordinates: Position[][] };
      }
    | {
        properties: { name: string; index: number; kind: 'label' };
        geometry: { type: 'Point'; coordinates: Position };
      }
  )[];
};

const CLASSES: readonly StreetClass[] = ['boulevard', 'street', 'lane'];

const toPoint = ([lng, lat]: Position): GeoPoint => ({ lat, lng });

/** The files are written by scripts/city/generate.ts, whose tests hold their shape. */
function readCityFile<T>(dir: string, file: string): T {
  return JSON.parse(readFileSync(join(dir, file), 'utf8'));
}

/** Reads the demo city. Takes about 20 ms: load it once. */
export function loadCity(dir = join(process.cwd(), 'public', 'city')): City {
  const file = readCityFile<GraphFile>(dir, 'graph.json');
  const edges = file.edges.map(([from, to, meters, roadClass, name]) => ({
    from,
    to,
    meters,
    class: CLASSES[roadClass] ?? 'lane',
    street: file.names[name] ?? '',
  }));
  const addresses = readCityFile<AddressFile>(dir, 'addresses.json').map(
    ([name, number, lng, lat, district]) => ({
      street: file.names[name] ?? '',
      number,
      point: { lat, lng },
      district,
    }),
  );
  return {
    graph: { nodes: file.nodes.map(toPoint), edges },
    addresses,
    districts: readDistricts(readCityFile<DistrictFile>(dir, 'districts.geojson')),
  };
}

function readDistricts(file: DistrictFile): CityDistrict[] {
  const districts: CityDistrict[] = [];
  for (const { properties, geometry } of file.features) {
    const district = districts[properties.index] ?? {
      name: properties.name,
      label: { lat: 0, lng: 0 },
      outline: [],
    };
    if (geometry.type === 'Point') district.label = toPoint(geometry.coordinates);
    else district.outline = (geometry.coordinates[0] ?? []).map(toPoint);
    districts[properties.index] = district;
  }
  return districts;
}
