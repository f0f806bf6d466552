import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CITY_DISTRICTS } from './city-districts';

test('the names of districts stand where the moving map has them', () => {
  const { features } = JSON.parse(readFileSync('public/city/districts.geojson', 'utf8')) as {
    features: {
      geometry: { type: string; coordinates: [number, number] };
      properties: { name: string };
    }[];
  };
  const labels = features.filter(({ geometry }) => geometry.type === 'Point');
  expect(
    labels.map(({ geometry: { coordinates }, properties: { name } }) => ({
      name,
      at: { lat: coordinates[1], lng: coordinates[0] },
    })),
  ).toEqual(CITY_DISTRICTS);
});
