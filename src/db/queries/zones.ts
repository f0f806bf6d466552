import { asc, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { zones } from '@/db/schema';
import type { GeoPoint } from '@/domain/geo';

/** The oldest zone, where new drivers begin. */
export async function firstZone(db: Queryable): Promise<string | null> {
  const [row] = await db.select({ id: zones.id }).from(zones).orderBy(asc(zones.id)).limit(1);
  return row?.id ?? null;
}

/** What deliveries to a door cost more, minor units; of zones that overlap, the smallest counts. */
export const surchargeOf = (door: SQL): SQL<number> => sql<number>`
  coalesce((
    SELECT z.delivery_surcharge FROM zones z
    WHERE z.area && ${door} AND ST_Covers(z.area::geometry, ${door}::geometry)
    ORDER BY ST_Area(z.area::geometry) LIMIT 1), 0)`;

export async function surchargeAt(db: Queryable, { lat, lng }: GeoPoint): Promise<number> {
  const door = sql`ST_MakePoint(${lng}, ${lat})::geography`;
  const [row] = await db.execute<{ surcharge: number }>(
    sql`SELECT ${surchargeOf(door)} AS surcharge`,
  );
  return row?.surcharge ?? 0;
}

export type ZoneClock = { id: string; name: string; timeZone: string };

/** All zones with their clocks, by name. */
export async function listZoneClocks(db: Queryable): Promise<ZoneClock[]> {
  return db
    .select({ id: zones.id, name: zones.name, timeZone: zones.timeZone })
    .from(zones)
    .orderBy(asc(zones.name), asc(zones.id));
}
