import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CITY_BOUNDS } from '@/components/shared/map/city-bounds';
import { type MapPalette, type MapTheme, PALETTES } from '@/components/shared/map/palette';
import { projected } from '@/components/shared/map/still-view';
import { simplify, simplifyRing } from './curves';

/**
 * Draws the town's ground and streets from the files in public/city as one picture a theme, for maps that
 * are looked at before they are touched: still-light.svg and still-dark.svg beside their component. The same
 * bytes every time.
 */

const Position = z.tuple([z.number(), z.number()]);
const Geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: Position }),
  z.object({ type: z.literal('LineString'), coordinates: z.array(Position) }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(Position)) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(Position))) }),
]);
const Collection = z.object({
  features: z.array(
    z.object({
      geometry: Geometry,
      properties: z.object({
        kind: z.string().optional(),
        class: z.string().optional(),
        name: z.string().optional(),
      }),
    }),
  ),
});
type Feature = z.infer<typeof Collection>['features'][number];

/** A unit of the picture: two pixels of zoom 16, some two metres. */
const UNIT = 2;
const north = projected({ lat: CITY_BOUNDS.northEast.lat, lng: CITY_BOUNDS.southWest.lng });
const south = projected({ lat: CITY_BOUNDS.southWest.lat, lng: CITY_BOUNDS.northEast.lng });
const WIDTH = Math.round((south.x - north.x) / UNIT);
const HEIGHT = Math.round((south.y - north.y) / UNIT);

/** Widths in units, so that they look as the moving map's do at zoom 14 to 15. */
const STREETS = [
  { road: 'path', colour: 'path', width: 2.5, casing: null },
  { road: 'lane', colour: 'lane', width: 4.2, casing: 'laneCasing' },
  { road: 'street', colour: 'street', width: 6.6, casing: 'streetCasing' },
  { road: 'boulevard', colour: 'boulevard', width: 10.5, casing: 'boulevardCasing' },
] as const satisfies {
  road: string;
  colour: keyof MapPalette;
  width: number;
  casing: keyof MapPalette | null;
}[];
const CASING = 2.2;

/** Less than a pixel at the zooms that the picture is looked at, units. */
const TOLERANCE = 1.5;

type Spot = { x: number; y: number };
type Coordinates = readonly (readonly [number, number])[];

/** What is kept of a line or a ring: whole units from the north-west corner, none twice in a row. */
function kept(positions: Coordinates, closed: boolean): Spot[] {
  const spots = positions.map(([lng, lat]) => {
    const { x, y } = projected({ lat, lng });
    return { x: (x - north.x) / UNIT, y: (y - north.y) / UNIT };
  });
  const few = closed ? simplifyRing(spots.slice(0, -1), TOLERANCE) : simplify(spots, TOLERANCE);
  return few
    .map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }))
    .filter(({ x, y }, at, all) => x !== all[at - 1]?.x || y !== all[at - 1]?.y);
}

const CORNER: Spot = { x: 0, y: 0 };

/** Steps from spot to spot, the first from where the path already is. */
const steps = (spots: readonly Spot[], start: Spot): string =>
  spots
    .map(({ x, y }, at) => {
      const from = spots[at - 1] ?? start;
      const [byX, byY] = [x - from.x, y - from.y];
      return `${at === 0 ? 'm' : 'l'}${byX}${byY < 0 ? '' : ' '}${byY}`;
    })
    .join('');

function ring(positions: Coordinates): string {
  const spots = kept(positions, true);
  return spots.length < 2 ? '' : `M${steps(spots, CORNER).slice(1)}z`;
}

function pathOf({ geometry }: Feature): string {
  switch (geometry.type) {
    case 'Point':
    case 'LineString':
      return '';
    case 'Polygon':
      return geometry.coordinates.map(ring).join('');
    case 'MultiPolygon':
      return geometry.coordinates.flatMap((rings) => rings.map(ring)).join('');
  }
}

/** The side of a square whose streets are one path: whoever paints a corner of the town passes over the others. Units. */
const SQUARE = 400;

/** Streets, cut where they leave a square; their round ends hide the cuts. */
function bySquares(streets: readonly Feature[]): string[] {
  const squares = new Map<string, Spot[][]>();
  for (const { geometry } of streets) {
    if (geometry.type !== 'LineString') continue;
    const spots = kept(geometry.coordinates, false);
    let last: Spot[] | undefined;
    for (const [at, to] of spots.slice(1).entries()) {
      const from = spots[at] ?? to;
      const here = [from.x + to.x, from.y + to.y].map((sum) => Math.floor(sum / 2 / SQUARE)).join();
      const parts = squares.get(here) ?? [];
      squares.set(here, parts);
      if (last && parts.at(-1) === last) last.push(to);
      else {
        last = [from, to];
        parts.push(last);
      }
    }
  }
  return [...squares.values()].map((parts) =>
    parts.map((part, at) => steps(part, parts[at - 1]?.at(-1) ?? CORNER)).join(''),
  );
}

const pathTo = (folder: string): string =>
  fileURLToPath(new URL(`../../${folder}`, import.meta.url));
const CITY = pathTo('public/city');
const PICTURES = pathTo('src/components/shared/map');
const read = (name: string): Feature[] =>
  Collection.parse(JSON.parse(readFileSync(join(CITY, `${name}.geojson`), 'utf8'))).features;

type Wanted = (kind: string) => boolean;
const features = (file: string, wanted: Wanted): Feature[] =>
  read(file).filter(({ properties }) => wanted(properties.kind ?? properties.class ?? ''));
const shape = (file: string, wanted: Wanted): string => features(file, wanted).map(pathOf).join('');
const is =
  (...kinds: string[]) =>
  (kind: string): boolean =>
    kinds.includes(kind);

function draw(theme: MapTheme): string {
  const ink = PALETTES[theme];
  const fill = (d: string, colour: string, more = ''): string =>
    `<path fill="${colour}"${more} d="${d}"/>`;
  const pen = (colour: string, width: number): string =>
    `stroke="${colour}" stroke-width="${width}"`;
  const streets = (road: string): string =>
    bySquares(features('streets', is(road)))
      .map((d) => `<path d="${d}"/>`)
      .join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" fill-rule="evenodd">`,
    '<title>Emberhaven</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${ink.sea}"/>`,
    // One over the other: the nearer the shore, the lighter.
    ...features('water', is('depth')).map((depth) =>
      fill(pathOf(depth), ink.shallows, ' fill-opacity=".34"'),
    ),
    fill(
      shape('land', () => true),
      ink.country,
      ` stroke="${ink.waterEdge}"`,
    ),
    fill(shape('districts', is('area')), ink.town),
    fill(shape('parks', is('wood')), ink.wood),
    fill(shape('parks', is('beach')), ink.beach),
    fill(shape('parks', is('square')), ink.square),
    fill(shape('parks', is('park', 'cemetery', 'sport', 'isle')), ink.park),
    fill(shape('water', is('river', 'dock', 'pond')), ink.sea),
    '<g fill="none" stroke-linecap="round" stroke-linejoin="round">',
    ...STREETS.map(({ road, width, casing }) =>
      casing
        ? `<g ${pen(ink[casing], width + CASING)}><g id="${road}">${streets(road)}</g></g>`
        : '',
    ),
    ...STREETS.map(({ road, width, colour, casing }) =>
      casing
        ? `<use href="#${road}" ${pen(ink[colour], width)}/>`
        : `<g ${pen(ink[colour], width)}>${streets(road)}</g>`,
    ),
    '</g></svg>\n',
  ].join('');
}

/** Draws both themes. */
export function drawStills(): void {
  for (const theme of ['light', 'dark'] as const) {
    const picture = draw(theme);
    writeFileSync(join(PICTURES, `still-${theme}.svg`), picture);
    console.log(`still-${theme}.svg      ${(Buffer.byteLength(picture) / 1024).toFixed(0)} KB`);
  }
}
