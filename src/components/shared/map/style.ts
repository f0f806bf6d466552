import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { labelLayers } from './label-layers';
import { type MapPalette, type MapTheme, PALETTES } from './palette';
import { streetLayers } from './street-layers';

const SOURCES = ['land', 'water', 'parks', 'streets', 'districts', 'buildings'] as const;

function groundLayers(colours: MapPalette): LayerSpecification[] {
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': colours.sea } },
    {
      id: 'shallows',
      type: 'fill',
      source: 'water',
      filter: ['==', ['get', 'kind'], 'depth'],
      paint: { 'fill-color': colours.shallows, 'fill-opacity': 0.34 },
    },
    { id: 'country', type: 'fill', source: 'land', paint: { 'fill-color': colours.country } },
    {
      id: 'shore-line',
      type: 'line',
      source: 'land',
      minzoom: 12,
      paint: { 'line-color': colours.waterEdge, 'line-width': 0.8 },
    },
    {
      id: 'town',
      type: 'fill',
      source: 'districts',
      filter: ['==', ['get', 'kind'], 'area'],
      paint: { 'fill-color': colours.town },
    },
    {
      id: 'greens',
      type: 'fill',
      source: 'parks',
      paint: {
        'fill-color': [
          'match',
          ['get', 'kind'],
          'wood',
          colours.wood,
          'beach',
          colours.beach,
          'square',
          colours.square,
          colours.park,
        ],
      },
    },
    {
      id: 'water',
      type: 'fill',
      source: 'water',
      filter: ['in', ['get', 'kind'], ['literal', ['river', 'dock', 'pond']]],
      paint: { 'fill-color': colours.sea },
    },
    {
      id: 'buildings',
      type: 'fill',
      source: 'buildings',
      minzoom: 13.6,
      paint: {
        'fill-color': colours.building,
        'fill-outline-color': colours.buildingEdge,
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13.6, 0, 14.4, 1],
      },
    },
  ];
}

/** The demo city drawn from files of our own; no tile or glyph server is asked for anything. */
export function cityStyle(theme: MapTheme): StyleSpecification {
  const colours = PALETTES[theme];
  return {
    version: 8,
    name: `Emberhaven, ${theme}`,
    sources: Object.fromEntries(
      SOURCES.map((name) => [
        name,
        { type: 'geojson', data: `/city/${name}.geojson`, tolerance: 0.3, maxzoom: 16 },
      ]),
    ),
    layers: [...groundLayers(colours), ...streetLayers(colours), ...labelLayers(colours)],
  };
}
