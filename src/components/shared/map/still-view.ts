import type { GeoPoint } from '@/domain/geo';

/** The side of the world at zoom 16 of a Web Mercator map with 512-pixel tiles. */
const WORLD_PX = 512 * 2 ** 16;

/** Pixels at zoom 16, to the east and to the south. */
export type Spot = { x: number; y: number };

/** What has to be seen, whatever the size of the picture: its middle and its extent. */
export type StillView = { middle: Spot; width: number; height: number };

/** Web Mercator (EPSG:3857). */
export function projected({ lat, lng }: GeoPoint): Spot {
  const sine = Math.sin((lat * Math.PI) / 180);
  return {
    x: (lng / 360 + 0.5) * WORLD_PX,
    y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD_PX,
  };
}

/** The view of all these points. Throws without any. */
export function viewOf(points: readonly GeoPoint[]): StillView {
  if (points.length === 0) throw new RangeError('a view needs a point to look at');
  const spots = points.map(projected);
  const xs = spots.map(({ x }) => x);
  const ys = spots.map(({ y }) => y);
  const [west, east] = [Math.min(...xs), Math.max(...xs)];
  const [north, south] = [Math.min(...ys), Math.max(...ys)];
  return {
    middle: { x: (west + east) / 2, y: (north + south) / 2 },
    width: east - west,
    height: south - north,
  };
}

const PADDING = 'min(72px, 16cqmin)';
const pixels = (value: number): string => value.toFixed(2);

/**
 * CSS of the length that one pixel of zoom 16 takes: as large as fits the container with room around, and
 * never closer than zoom 16. To be used inside an element with `container-type: size`.
 */
export function scaleOf({ width, height }: StillView): string {
  const fits = (room: string, extent: number): string =>
    `(100${room} - 2 * ${PADDING}) / ${pixels(Math.max(1, extent))}`;
  return `min(1px, ${fits('cqw', width)}, ${fits('cqh', height)})`;
}

/** CSS of a length in pixels of zoom 16, where `--scale` is `scaleOf` the view. */
export const scaled = (length: number): string => `calc(${pixels(length)} * var(--scale))`;

/** From the middle of the view, pixels of zoom 16. */
export function offsetIn(view: StillView, at: GeoPoint): Spot {
  const { x, y } = projected(at);
  return { x: x - view.middle.x, y: y - view.middle.y };
}
