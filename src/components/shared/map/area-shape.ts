import type { GeoJSONSource, Map as LibreMap } from 'maplibre-gl';
import type { GeoPoint } from '@/domain/geo';
import type { MapPalette } from './palette';

const ID = 'area';

type AreaData = Exclude<Parameters<GeoJSONSource['setData']>[0], string>;

const ringOf = (corners: readonly GeoPoint[]): AreaData => ({
  type: 'Feature',
  properties: {},
  geometry: {
    type: 'Polygon',
    coordinates: [[...corners, ...corners.slice(0, 1)].map(({ lng, lat }) => [lng, lat])],
  },
});

const nothing: AreaData = { type: 'FeatureCollection', features: [] };

/** Puts an area under the names of streets; adds its layers when a new style has dropped them. */
export function showArea(map: LibreMap, corners: readonly GeoPoint[], colours: MapPalette): void {
  const data = corners.length > 2 ? ringOf(corners) : nothing;
  const source = map.getSource<GeoJSONSource>(ID);
  if (source) {
    source.setData(data);
    return;
  }
  if (corners.length === 0) return;
  const firstName = map.getStyle().layers.find((layer) => layer.type === 'symbol')?.id;
  map.addSource(ID, { type: 'geojson', data });
  map.addLayer(
    {
      id: ID,
      type: 'fill',
      source: ID,
      paint: { 'fill-color': colours.route, 'fill-opacity': 0.14 },
    },
    firstName,
  );
  map.addLayer(
    {
      id: `${ID}-border`,
      type: 'line',
      source: ID,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colours.route, 'line-width': 2.5 },
    },
    firstName,
  );
}
