import type { GeoJSONSource, Map as LibreMap } from 'maplibre-gl';
import type { GeoPoint } from '@/domain/geo';
import type { MapPalette } from './palette';

/** Pixels. */
export const ROUTE_WIDTH = 5;
const ID = 'route';

type RouteData = Exclude<Parameters<GeoJSONSource['setData']>[0], string>;

const lineOf = (points: readonly GeoPoint[]): RouteData => ({
  type: 'Feature',
  properties: {},
  geometry: { type: 'LineString', coordinates: points.map(({ lng, lat }) => [lng, lat]) },
});

const nothing: RouteData = { type: 'FeatureCollection', features: [] };

/** Puts the route under the names of streets; adds its layers when a new style has dropped them. */
export function showRoute(map: LibreMap, points: readonly GeoPoint[], colours: MapPalette): void {
  const data = points.length > 1 ? lineOf(points) : nothing;
  const source = map.getSource<GeoJSONSource>(ID);
  if (source) {
    source.setData(data);
    return;
  }
  const firstName = map.getStyle().layers.find((layer) => layer.type === 'symbol')?.id;
  map.addSource(ID, { type: 'geojson', data, tolerance: 0.2 });
  const layout = { 'line-cap': 'round', 'line-join': 'round' } as const;
  map.addLayer(
    {
      id: `${ID}-casing`,
      type: 'line',
      source: ID,
      layout,
      paint: { 'line-color': colours.routeCasing, 'line-width': ROUTE_WIDTH + 4 },
    },
    firstName,
  );
  map.addLayer(
    {
      id: ID,
      type: 'line',
      source: ID,
      layout,
      paint: { 'line-color': colours.route, 'line-width': ROUTE_WIDTH },
    },
    firstName,
  );
}
