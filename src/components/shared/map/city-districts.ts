import type { GeoPoint } from '@/domain/geo';

/** Where the names of the demo city's districts stand: those of public/city/districts.geojson. */
export const CITY_DISTRICTS: readonly { name: string; at: GeoPoint }[] = [
  { name: 'Old Town', at: { lat: 37.89099, lng: -29.605819 } },
  { name: 'Harbourside', at: { lat: 37.890773, lng: -29.584149 } },
  { name: 'Lantern Quarter', at: { lat: 37.902936, lng: -29.605441 } },
  { name: 'Kilnfield', at: { lat: 37.901902, lng: -29.619411 } },
  { name: 'Saltmarsh', at: { lat: 37.892947, lng: -29.62136 } },
  { name: 'Gannet Point', at: { lat: 37.893074, lng: -29.634259 } },
  { name: 'Orchard Hill', at: { lat: 37.911423, lng: -29.625642 } },
  { name: 'Uplands', at: { lat: 37.919424, lng: -29.605176 } },
  { name: 'Bellfoundry', at: { lat: 37.910871, lng: -29.593219 } },
  { name: 'Eastbank', at: { lat: 37.902244, lng: -29.576494 } },
  { name: 'Heron Green', at: { lat: 37.91674, lng: -29.57417 } },
  { name: 'Lighthouse', at: { lat: 37.889231, lng: -29.56898 } },
];
