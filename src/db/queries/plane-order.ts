import { type SQL, sql } from 'drizzle-orm';
import type { GeoPoint } from '@/domain/geo';
import { planeDistanceWithin, toPlane } from '@/domain/mercator';

/** How many places to read in the order of the plane, or everything that delivers here. */
export type Reading = number | 'everything';

/** What a reading found: how many places, how far the last is on the plane, and on the globe the last of those asked for. */
export type Found<Row> = { rows: Row[]; read: number; farthest: number; edgeM: number };

/** Beside each row of what was read: how much that was. Needs the column `flat`. */
export const READ = sql`count(*) OVER ()::int AS read, max(flat) OVER () AS farthest`;

/** The door as a point of the plane and as a box: see `mercator` and `mercator_reach` in the database. */
export function planeDoor(at: GeoPoint): { point: SQL; box: SQL } {
  const { x, y } = toPlane(at);
  return { point: sql`${`(${x},${y})`}::point`, box: sql`${`(${x},${y}),(${x},${y})`}::box` };
}

/** How far `r` is on the plane, as the indexes have it. */
export const planeDistance = (at: GeoPoint) => sql`mercator(r.location) <-> ${planeDoor(at).point}`;

/**
 * The nearest of the plane. How many stands in a query of its own: the planner then takes it for a tenth of what there
 * is, and reads in the order of the index, whichever the door. It has no idea how many places reach a door, and would
 * rather sort them all where it takes them to be few; a number that it can see also makes it plan anew each time.
 */
export const inPlaneOrder = (at: GeoPoint, reading: Reading): SQL =>
  reading === 'everything'
    ? sql``
    : sql`ORDER BY ${planeDistance(at)} FETCH FIRST (SELECT ${reading}::bigint) ROWS WITH TIES`;

/**
 * The nearest `wanted` on the globe. The index has them in the order of the plane, which is nearly the same: some more
 * are read, and if one that was not could be nearer than the last of those wanted, more again.
 */
export async function readSurely<Row>(
  at: GeoPoint,
  wanted: number,
  read: (reading: Reading) => Promise<Found<Row>>,
): Promise<Row[]> {
  for (const reading of [wanted + 4 + Math.ceil(wanted / 20), 4 * wanted]) {
    const found = await read(reading);
    if (found.read < reading || found.farthest > planeDistanceWithin(at, found.edgeM)) {
      return found.rows;
    }
  }
  return (await read('everything')).rows;
}
