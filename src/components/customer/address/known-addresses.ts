'use client';

import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { type GeoPoint, haversineMeters } from '@/domain/geo';
import type { Place } from './default-place';

const NamesSchema = z.object({ names: z.array(z.string()) });
const DoorsSchema = z.array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]));
const DistrictsSchema = z.object({
  features: z.array(z.object({ properties: z.object({ index: z.number(), name: z.string() }) })),
});

async function load(file: string): Promise<unknown> {
  const response = await fetch(`/city/${file}`);
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.json();
}

async function loadAddresses(): Promise<Place[]> {
  const [graph, doors, districts] = await Promise.all([
    load('graph.json').then((json) => NamesSchema.parse(json)),
    load('addresses.json').then((json) => DoorsSchema.parse(json)),
    load('districts.geojson').then((json) => DistrictsSchema.parse(json)),
  ]);
  const districtNames = new Map(
    districts.features.map(({ properties }) => [properties.index, properties.name]),
  );
  return doors.map(([street, number, lng, lat, district]) => ({
    at: { lat, lng },
    address: [`${number} ${graph.names[street] ?? ''}`, districtNames.get(district)]
      .filter(Boolean)
      .join(', '),
  }));
}

/** The doors of the demo city; loaded when somebody looks for one. */
export const useKnownAddresses = (enabled: boolean) =>
  useQuery({
    queryKey: ['known-addresses'],
    queryFn: loadAddresses,
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });

const plain = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

type Found = { place: Place; words: string[] };

const startsWith = (words: readonly string[], starts: readonly string[]): boolean =>
  starts.every((start) => words.some((word) => word.startsWith(start)));

/**
 * Doors whose words begin with each word typed, the nearest to `near` first; when the street has no
 * such number, the doors with the numbers next to it.
 */
export function findAddresses(
  known: readonly Place[],
  typed: string,
  near: GeoPoint,
  limit = 6,
): Place[] {
  const wanted = plain(typed)
    .split(/[\s,]+/)
    .filter(Boolean);
  if (wanted.length === 0) return [];
  const number = Number(wanted.find((word) => /^\d+$/.test(word)));
  const street = wanted.filter((word) => !/^\d+$/.test(word));
  const onStreet: Found[] = known
    .map((place) => ({ place, words: plain(place.address).split(/[\s,]+/) }))
    .filter(({ words }) => startsWith(words, street));
  const exact = onStreet.filter(({ words }) => startsWith(words, wanted));
  const away = ({ place, words }: Found): number =>
    exact.length > 0 || street.length === 0
      ? haversineMeters(place.at, near)
      : Math.abs(Number(words[0]) - number);
  return (exact.length > 0 || street.length === 0 ? exact : onStreet)
    .map((found) => ({ place: found.place, away: away(found) }))
    .sort((a, b) => a.away - b.away)
    .slice(0, limit)
    .map(({ place }) => place);
}

/** How far a pin may be from a door and still be called by its address, metres. */
const AT_THE_DOOR_M = 60;

/** What to call a pin put on the map: the nearest door, or near it. */
export function nameOfPin(known: readonly Place[], at: GeoPoint): string {
  let nearest: Place | null = null;
  let awayM = Number.POSITIVE_INFINITY;
  for (const each of known) {
    const distance = haversineMeters(each.at, at);
    if (distance < awayM) {
      awayM = distance;
      nearest = each;
    }
  }
  if (!nearest) return `${at.lat.toFixed(5)}, ${at.lng.toFixed(5)}`;
  return awayM <= AT_THE_DOOR_M ? nearest.address : `Near ${nearest.address}`;
}
