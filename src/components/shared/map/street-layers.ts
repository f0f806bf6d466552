import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { MapPalette } from './palette';

type StreetClass = 'lane' | 'street' | 'boulevard';

/** Pixels at zooms 11, 13, 14, 15, 16 and 19; from 15 on they follow the ground. */
const WIDTHS: Record<StreetClass, readonly number[]> = {
  lane: [0.25, 0.8, 1.7, 3.6, 7.4, 54],
  street: [0.5, 1.6, 2.9, 5.4, 10.2, 74],
  boulevard: [1.3, 3.2, 5, 8.2, 14.5, 104],
};
const ZOOMS = [11, 13, 14, 15, 16, 19] as const;

const widthOf = (road: StreetClass, extra = 0): ExpressionSpecification =>
  [
    'interpolate',
    ['exponential', 1.6],
    ['zoom'],
    ...ZOOMS.flatMap((zoom, i) => [
      zoom,
      (WIDTHS[road][i] ?? 0) + (zoom < 13 ? extra * 0.6 : extra),
    ]),
  ] as ExpressionSpecification;

const isClass = (road: string): ExpressionSpecification => ['==', ['get', 'class'], road];
const bridges: ExpressionSpecification = ['has', 'bridge'];

function fill(road: StreetClass, colour: string): LayerSpecification {
  return {
    id: `street-${road}`,
    type: 'line',
    source: 'streets',
    filter: isClass(road),
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': colour, 'line-width': widthOf(road) },
  };
}

function casing(road: StreetClass, colour: string): LayerSpecification {
  return {
    id: `street-${road}-casing`,
    type: 'line',
    source: 'streets',
    filter: isClass(road),
    minzoom: { lane: 13.5, street: 12, boulevard: 10 }[road],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': colour, 'line-width': widthOf(road, road === 'boulevard' ? 2 : 1.6) },
  };
}

function bridge(road: StreetClass, colour: string): LayerSpecification {
  return {
    id: `bridge-${road}`,
    type: 'line',
    source: 'streets',
    filter: ['all', isClass(road), bridges],
    minzoom: 12.5,
    paint: { 'line-color': colour, 'line-width': widthOf(road, 4.4) },
  };
}

/** Casings first, then fills, the grander road over the humbler. */
export function streetLayers(colours: MapPalette): LayerSpecification[] {
  return [
    {
      id: 'street-path',
      type: 'line',
      source: 'streets',
      filter: isClass('path'),
      minzoom: 13.2,
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': colours.path,
        'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 13, 0.8, 16, 3, 19, 18],
      },
    },
    casing('lane', colours.laneCasing),
    casing('street', colours.streetCasing),
    bridge('street', colours.streetCasing),
    casing('boulevard', colours.boulevardCasing),
    bridge('boulevard', colours.boulevardCasing),
    fill('lane', colours.lane),
    fill('street', colours.street),
    fill('boulevard', colours.boulevard),
  ];
}
