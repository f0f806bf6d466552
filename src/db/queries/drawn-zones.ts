import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { zones } from '@/db/schema';
import { ensured } from '@/domain/errors';
import type { Ring } from '@/domain/ring';
import type { WeeklyHours } from '@/domain/weekly-hours';

/** Deliveries that are not over. */
const OPEN = sql`('unassigned', 'offering', 'no_driver', 'assigned', 'at_pickup', 'picked_up',
  'at_dropoff', 'failed', 'returning')`;

/** The outline without its last corner, which is the first one again. */
const RING = sql`(ST_AsGeoJSON(z.area::geometry, 7)::jsonb -> 'coordinates' -> 0) - (-1)`;

export type ZoneRow = {
  id: string;
  name: string;
  ring: [number, number][];
  timeZone: string;
  currency: string;
  hours: WeeklyHours | null;
  surcharge: number;
  taxIncluded: boolean;
  version: number;
  policy: unknown;
  restaurants: number;
  drivers: number;
  openDeliveries: number;
};

/** The zones in use by name, each with what keeps it from being retired. */
export async function listZones(db: Queryable): Promise<ZoneRow[]> {
  const rows = await db.execute<ZoneRow>(sql`
    SELECT z.id, z.name, ${RING} AS ring, z.time_zone AS "timeZone", z.currency, z.hours,
      z.delivery_surcharge AS surcharge, z.tax_included AS "taxIncluded", z.version,
      z.dispatch_policy AS policy,
      (SELECT count(*)::int FROM restaurants r WHERE r.zone_id = z.id) AS restaurants,
      (SELECT count(*)::int FROM drivers d WHERE d.zone_id = z.id) AS drivers,
      (SELECT count(*)::int FROM deliveries v WHERE v.zone_id = z.id AND v.status IN ${OPEN})
        AS "openDeliveries"
    FROM zones z WHERE z.retired_at IS NULL ORDER BY z.name, z.id`);
  return [...rows];
}

/** Locks a zone against whatever would begin in it; what is there, or null. */
export async function lockZone(
  tx: Transaction,
  id: string,
): Promise<Pick<ZoneRow, 'version' | 'restaurants' | 'drivers' | 'openDeliveries'> | null> {
  const [zone] = await tx
    .select({ version: zones.version })
    .from(zones)
    .where(and(eq(zones.id, id), isNull(zones.retiredAt)))
    .for('update');
  if (!zone) return null;
  const [counts] = await tx.execute<
    Pick<ZoneRow, 'restaurants' | 'drivers' | 'openDeliveries'>
  >(sql`
    SELECT (SELECT count(*)::int FROM restaurants WHERE zone_id = ${id}) AS restaurants,
      (SELECT count(*)::int FROM drivers WHERE zone_id = ${id}) AS drivers,
      (SELECT count(*)::int FROM deliveries WHERE zone_id = ${id} AND status IN ${OPEN})
        AS "openDeliveries"`);
  return { ...zone, ...ensured(counts, 'counts') };
}

/** What PostGIS says of an outline: why it is no polygon, or null; and the zones that it overlaps. */
export async function judgeRing(
  db: Queryable,
  ring: Ring,
  besides: string | null,
): Promise<{ invalid: string | null; overlaps: string[] }> {
  const area = polygonOf(ring);
  const [judged] = await db.execute<{ invalid: string | null }>(sql`
    SELECT CASE WHEN NOT ST_IsValid(${area}) THEN ST_IsValidReason(${area}) END AS invalid`);
  if (judged?.invalid) return { invalid: judged.invalid, overlaps: [] };
  const rows = await db.execute<{ name: string }>(sql`
    SELECT name FROM zones WHERE retired_at IS NULL AND area && ${area}::geography
      AND ST_Overlaps(area::geometry, ${area}) AND id IS DISTINCT FROM ${besides}::uuid
    ORDER BY name`);
  return { invalid: null, overlaps: rows.map(({ name }) => name) };
}

const polygonOf = (ring: Ring): SQL => {
  const closed = [...ring, ...ring.slice(0, 1)];
  return sql`ST_GeomFromText(${`POLYGON((${closed.map((at) => at.join(' ')).join(',')}))`}, 4326)`;
};

export type ZoneTerms = {
  name: string;
  ring: Ring;
  hours: WeeklyHours | null;
  surcharge: number;
  taxIncluded: boolean;
};

const columnsOf = ({ name, ring, hours, surcharge, taxIncluded }: ZoneTerms) => ({
  ...{ name, hours, deliverySurcharge: surcharge, taxIncluded },
  area: sql`${polygonOf(ring)}::geography`,
});

export async function insertZone(
  tx: Transaction,
  zone: { id: string; slug: string; timeZone: string; currency: string },
  terms: ZoneTerms,
): Promise<void> {
  await tx.insert(zones).values({ ...zone, ...columnsOf(terms) });
}

/** Compare-and-set: the new version, or null when somebody has changed it since `expected`. */
export async function writeZone(
  tx: Transaction,
  id: string,
  expected: number,
  terms: ZoneTerms,
): Promise<number | null> {
  const [row] = await tx
    .update(zones)
    .set(columnsOf(terms))
    .where(and(eq(zones.id, id), eq(zones.version, expected), isNull(zones.retiredAt)))
    .returning({ version: zones.version });
  return row?.version ?? null;
}

export async function retireZone(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.update(zones).set({ retiredAt: now }).where(eq(zones.id, id));
}

export async function slugTaken(tx: Transaction, slug: string): Promise<boolean> {
  const rows = await tx.select({ id: zones.id }).from(zones).where(eq(zones.slug, slug));
  return rows.length > 0;
}
