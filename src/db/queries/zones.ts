import { asc, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { zones } from '@/db/schema';
import type { GeoPoint } from '@/domain/geo';

/** The oldest zone, where new drivers begin. */
export async function firstZone(db: Queryable): Promise<string | null> {
  const [row] = await db.select({ id: zones.id }).from(zones).orderBy(asc(zones.id)).limit(1);
  return row?.id ?? null;
}

/** What deliveries to a door cost more, minor units: by the dearest zone that it lies in. */
export async function surchargeAt(db: Queryable, { lat, lng }: GeoPoint): Promise<number> {
  const door = sql`ST_MakePoint(${lng}, ${lat})::geography`;
  const [row] = await db.execute<{ surcharge: number }>(sql`
    SELECT coalesce(max(delivery_surcharge), 0) AS surcharge FROM zones
    WHERE area && ${door} AND ST_Covers(area::geometry, ${door}::geometry)`);
  return row?.surcharge ?? 0;
}
