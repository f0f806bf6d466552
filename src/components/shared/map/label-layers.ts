import type { LayerSpecification } from 'maplibre-gl';
import type { MapPalette } from './palette';

/**
 * Without a `glyphs` address the map draws its letters from the page's own fonts. It reads the
 * weight from the first family's name, which need not exist: the second one is what is drawn.
 */
const face = (weight: 'Medium' | 'Semibold'): string[] => [
  `Inter Variable ${weight}`,
  'Inter Variable',
];
const slanted = ['Inter Variable Medium Italic', 'Inter Variable'];

export const MAP_FONT = 'Inter Variable';

function streetName(
  road: 'boulevard' | 'street' | 'lane',
  minzoom: number,
  colours: MapPalette,
): LayerSpecification {
  return {
    id: `name-${road}`,
    type: 'symbol',
    source: 'streets',
    minzoom,
    filter: ['==', ['get', 'class'], road],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 340,
      'text-field': ['get', 'name'],
      'text-font': face('Medium'),
      'text-size': [
        'interpolate',
        ['linear'],
        ['zoom'],
        minzoom,
        road === 'boulevard' ? 11.5 : 10.5,
        18,
        14,
      ],
      'text-max-angle': 32,
      'text-padding': 6,
    },
    paint: {
      'text-color': colours.streetName,
      'text-halo-color': colours.halo,
      'text-halo-width': 1.5,
    },
  };
}

function waterName(
  kind: 'sea' | 'course',
  minzoom: number,
  colours: MapPalette,
): LayerSpecification {
  return {
    id: `name-${kind}`,
    type: 'symbol',
    source: 'water',
    minzoom,
    filter: ['==', ['get', 'kind'], kind],
    layout: {
      'symbol-placement': kind === 'course' ? 'line' : 'point',
      'symbol-spacing': 520,
      'text-field': ['get', 'name'],
      'text-font': slanted,
      'text-size': ['interpolate', ['linear'], ['zoom'], 11, 11, 16, kind === 'sea' ? 17 : 14],
      'text-letter-spacing': 0.14,
      'text-max-angle': 34,
    },
    paint: {
      'text-color': colours.waterName,
      'text-halo-color': colours.sea,
      'text-halo-width': 1,
    },
  };
}

export function labelLayers(colours: MapPalette): LayerSpecification[] {
  return [
    waterName('sea', 11, colours),
    waterName('course', 12.6, colours),
    streetName('lane', 15.4, colours),
    streetName('street', 14.3, colours),
    streetName('boulevard', 13, colours),
    {
      id: 'name-park',
      type: 'symbol',
      source: 'parks',
      minzoom: 13.4,
      filter: ['!', ['in', ['get', 'kind'], ['literal', ['square', 'beach']]]],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': face('Medium'),
        'text-size': ['interpolate', ['linear'], ['zoom'], 13, 10.5, 17, 14],
        'text-max-width': 7,
        'text-padding': 8,
      },
      paint: {
        'text-color': colours.parkName,
        'text-halo-color': colours.park,
        'text-halo-width': 1.4,
      },
    },
    {
      id: 'name-square',
      type: 'symbol',
      source: 'parks',
      minzoom: 15.2,
      filter: ['in', ['get', 'kind'], ['literal', ['square', 'beach']]],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': face('Medium'),
        'text-size': 11.5,
        'text-max-width': 6,
      },
      paint: {
        'text-color': colours.streetName,
        'text-halo-color': colours.halo,
        'text-halo-width': 1.4,
      },
    },
    {
      id: 'name-district',
      type: 'symbol',
      source: 'districts',
      minzoom: 11.4,
      maxzoom: 15.6,
      filter: ['==', ['get', 'kind'], 'label'],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': face('Semibold'),
        'text-size': ['interpolate', ['linear'], ['zoom'], 11.4, 9.5, 13, 11.5, 15.5, 16],
        'text-transform': 'uppercase',
        'text-letter-spacing': 0.16,
        'text-max-width': 8,
        'text-padding': 4,
        'symbol-z-order': 'source',
      },
      paint: {
        'text-color': colours.districtName,
        'text-halo-color': colours.halo,
        'text-halo-width': 1.8,
        'text-opacity': ['interpolate', ['linear'], ['zoom'], 14.8, 1, 15.6, 0.35],
      },
    },
  ];
}
