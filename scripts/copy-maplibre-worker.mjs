import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// The content security policy allows workers from our own origin only, so the map's worker is
// served as a file beside the pages. Run before `next build` and `next dev`.
const source = dirname(
  createRequire(import.meta.url).resolve('maplibre-gl/dist/maplibre-gl-csp.js'),
);
const target = fileURLToPath(new URL('../public/maplibre', import.meta.url));
mkdirSync(target, { recursive: true });
copyFileSync(join(source, 'maplibre-gl-csp-worker.js'), join(target, 'maplibre-gl-csp-worker.js'));
