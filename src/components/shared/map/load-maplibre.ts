import type { Map as LibreMap } from 'maplibre-gl';
import { MAP_FONT } from './label-layers';

type MapLibre = { Map: typeof LibreMap };

const WORKER_URL = '/maplibre/maplibre-gl-csp-worker.js';

let loading: Promise<MapLibre> | undefined;

/** Fetches the map's code on first use; a failed attempt may be tried again. */
export function loadMapLibre(): Promise<MapLibre> {
  loading ??= start().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function start(): Promise<MapLibre> {
  const [{ default: maplibre }] = await Promise.all([
    import('maplibre-gl/dist/maplibre-gl-csp.js'),
    lettersReady(),
  ]);
  maplibre.setWorkerUrl(WORKER_URL);
  return maplibre;
}

/** Labels are drawn from the page's font, and once drawn they stay: wait for it, but not long. */
async function lettersReady(): Promise<void> {
  const weights = ['500', '600', 'italic 500'];
  const fonts = Promise.allSettled(
    weights.map((weight) => document.fonts.load(`${weight} 24px "${MAP_FONT}"`)),
  );
  const patience = new Promise((resolve) => setTimeout(resolve, 1500));
  await Promise.race([fonts, patience]);
}

export function hasWebGl(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
}
