import { customType } from 'drizzle-orm/pg-core';
import type { GeoPoint } from '@/domain/geo';

const HEADER_BYTES = 5;
const SRID_FLAG = 0x20000000;

const doubleAt = (bytes: Buffer, at: number, little: boolean): number =>
  little ? bytes.readDoubleLE(at) : bytes.readDoubleBE(at);

/** Reads a point in PostGIS's extended well-known binary, hex-encoded. */
function parsePoint(hex: string): GeoPoint {
  const bytes = Buffer.from(hex, 'hex');
  const little = bytes[0] === 1;
  const type = little ? bytes.readUInt32LE(1) : bytes.readUInt32BE(1);
  const start = HEADER_BYTES + (type & SRID_FLAG ? 4 : 0);
  return { lng: doubleAt(bytes, start, little), lat: doubleAt(bytes, start + 8, little) };
}

/** `geography(Point, 4326)`; the SQL of such columns is written by hand in `drizzle/`. */
export const geographyPoint = customType<{ data: GeoPoint; driverData: string }>({
  dataType: () => 'geography(Point,4326)',
  toDriver: ({ lat, lng }) => `SRID=4326;POINT(${lng} ${lat})`,
  fromDriver: parsePoint,
});
