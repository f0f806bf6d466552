import * as v from 'valibot';
import { stored } from '@/components/shared/stored';
import type { GeoPoint } from '@/domain/geo';
import { bearingDegrees, destinationPoint, haversineMeters } from '@/domain/geo';

const CITY_CENTRE: GeoPoint = { lat: 37.9, lng: -29.6 };
/** Farther away than this nobody works in the demo city, metres. */
const FAR_M = 50_000;
/** A square in the old town, among restaurants. */
export const DEFAULT_STAND: GeoPoint = { lat: 37.8935, lng: -29.603 };

const Degrees = (most: number) => v.pipe(v.number(), v.minValue(-most), v.maxValue(most));

const DemoPositionSchema = v.object({
  at: v.object({ lat: Degrees(90), lng: Degrees(180) }),
  why: v.picklist(['far', 'chosen']),
});
export type DemoPosition = v.InferOutput<typeof DemoPositionSchema>;

/** Where the driver pretends to be; null when the device decides. */
export const demoPosition = stored<DemoPosition | null>('hotfoot-demo-position', null, (value) =>
  v.is(DemoPositionSchema, value) ? value : null,
);

export const isFarAway = (at: GeoPoint): boolean => haversineMeters(at, CITY_CENTRE) > FAR_M;

/** Near enough to be there, metres. */
const ARRIVED_M = 6;

/** One step in a straight line towards `to`. */
export function glide(at: GeoPoint, to: GeoPoint | null, speedMps: number, seconds: number) {
  const leftM = to ? haversineMeters(at, to) : 0;
  if (!to || leftM <= ARRIVED_M) return { at, headingDeg: null, speedMps: 0 };
  const headingDeg = bearingDegrees(at, to);
  const moved = Math.min(leftM, speedMps * seconds);
  return { at: destinationPoint(at, headingDeg, moved), headingDeg, speedMps };
}
