import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { zones } from '@/db/schema';
import type { GeoPoint } from '@/domain/geo';
import type { WeeklyHours } from '@/domain/weekly-hours';
import { anyOf } from './array-literal';

/** The oldest zone, where new drivers begin. */
export async function firstZone(db: Queryable): Promise<string | null> {
  const [row] = await db
    .select({ id: zones.id })
    .from(zones)
    .where(isNull(zones.retiredAt))
    .orderBy(asc(zones.id))
    .limit(1);
  return row?.id ?? null;
}

/** Whether there is such a zone, not retired. */
export async function isZoneInUse(db: Queryable, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: zones.id })
    .from(zones)
    .where(and(eq(zones.id, id), isNull(zones.retiredAt)));
  return rows.length === 1;
}

/** A column of the zone that a door lies in; of zones that overlap, the smallest counts. */
const ofDoorZone = (door: SQL, column: SQL): SQL => sql`(
    SELECT ${column} FROM zones z
    WHERE z.retired_at IS NULL AND z.area && ${door}
      AND ST_Covers(z.area::geometry, ${door}::geometry)
    ORDER BY ST_Area(z.area::geometry) LIMIT 1)`;

/** What deliveries to a door cost more, minor units. */
export const surchargeOf = (door: SQL): SQL<number> =>
  sql<number>`coalesce(${ofDoorZone(door, sql`z.delivery_surcharge`)}, 0)`;

/** When a door is served; null hours: always. */
export type DoorHours = { zone: string; hours: WeeklyHours | null; timeZone: string };

export const doorHoursOf = (door: SQL): SQL<DoorHours | null> => sql<DoorHours | null>`
  ${ofDoorZone(
    door,
    sql`jsonb_build_object('zone', z.name, 'hours', z.hours, 'timeZone', z.time_zone)`,
  )}`;

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

/** The zones of these restaurants and drivers, by their ids. */
export async function zonesOf(
  db: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.execute<{ id: string; zone: string }>(sql`
    SELECT id, zone_id AS zone FROM restaurants WHERE id = ${anyOf(ids)}
    UNION ALL SELECT user_id, zone_id FROM drivers WHERE user_id = ${anyOf(ids)}`);
  return new Map(rows.map(({ id, zone }) => [id, zone]));
}
