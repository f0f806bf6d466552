import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { restaurants, zones } from '@/db/schema';
import type { GeoPoint } from '@/domain/geo';

/** The smallest zone that holds a point. */
export async function zoneAt(db: Queryable, { lat, lng }: GeoPoint) {
  const at = sql`ST_SetSRID(ST_MakePoint(${lng}, ${lat}), 4326)`;
  const [row] = await db
    .select({ id: zones.id, timeZone: zones.timeZone, currency: zones.currency })
    .from(zones)
    .where(sql`ST_Covers(${zones.area}::geometry, ${at})`)
    .orderBy(sql`ST_Area(${zones.area}::geometry)`, asc(zones.id))
    .limit(1);
  return row ?? null;
}

/** Slugs that are `slug` or begin with it and a hyphen, those that restaurants had included. */
export async function slugsLike(db: Queryable, slug: string): Promise<Set<string>> {
  const like = `${slug}-%`;
  const rows = await db.execute<{ slug: string }>(sql`
    SELECT slug FROM restaurants WHERE slug = ${slug} OR slug LIKE ${like}
    UNION ALL SELECT slug FROM former_slugs WHERE slug = ${slug} OR slug LIKE ${like}`);
  return new Set(rows.map((row) => row.slug));
}

/** Whether another restaurant has this address, or had it. */
export async function isSlugTaken(
  tx: Transaction,
  slug: string,
  restaurantId: string,
): Promise<boolean> {
  const [row] = await tx.execute<{ taken: boolean }>(sql`
    SELECT EXISTS (SELECT FROM restaurants WHERE slug = ${slug} AND id <> ${restaurantId})
      OR EXISTS (SELECT FROM former_slugs WHERE slug = ${slug} AND restaurant_id <> ${restaurantId})
      AS taken`);
  return row?.taken ?? false;
}

/** Whether the database can tell the time there: a name that it does not know would fail each query. */
export async function isTimeZoneKnown(db: Queryable, name: string): Promise<boolean> {
  const rows = await db.execute(sql`SELECT FROM pg_timezone_names WHERE name = ${name}`);
  return rows.length > 0;
}

export async function insertRestaurant(
  tx: Transaction,
  restaurant: typeof restaurants.$inferInsert,
): Promise<void> {
  await tx.insert(restaurants).values(restaurant);
}

/** Compare-and-set: the new version, or null when the restaurant is not as it was at `version`. */
export async function updateRestaurant(
  tx: Transaction,
  { restaurantId, version }: { restaurantId: string; version: number },
  change: Partial<typeof restaurants.$inferInsert>,
): Promise<number | null> {
  const [row] = await tx
    .update(restaurants)
    .set(change)
    .where(and(eq(restaurants.id, restaurantId), eq(restaurants.version, version)))
    .returning({ version: restaurants.version });
  return row?.version ?? null;
}

const ring = (corners: readonly GeoPoint[]): string =>
  [...corners, ...corners.slice(0, 1)].map(({ lat, lng }) => `${lng} ${lat}`).join(',');

/** As the column takes it. */
export const polygonOf = (corners: readonly GeoPoint[]): string =>
  `SRID=4326;POLYGON((${ring(corners)}))`;

/** Whether its sides neither cross nor touch each other, and it holds some ground. */
export async function isSound(db: Queryable, corners: readonly GeoPoint[]): Promise<boolean> {
  const [row] = await db.execute<{ sound: boolean }>(sql`
    SELECT ST_IsValid(area) AND ST_Area(area) > 0 AS sound
    FROM (SELECT ST_GeomFromEWKT(${polygonOf(corners)}) AS area) drawn`);
  return row?.sound ?? false;
}

const nameOfActor = (actor: SQL) => sql<string | null>`
  coalesce(
    (SELECT u.name FROM users u WHERE ${actor} = 'user:' || u.id),
    (SELECT k.name FROM api_keys k WHERE ${actor} = 'key:' || k.id))`;

/** What an editor needs beside the image: the drawn area, the telephone, who changed it last. */
export async function readRestaurantEdits(db: Queryable, restaurantId: string) {
  const [row] = await db
    .select({
      phone: restaurants.phone,
      area: sql<string | null>`ST_AsGeoJSON(${restaurants.deliveryArea})`,
      changedBy: nameOfActor(sql`${restaurants.changedBy}`),
      zoneName: zones.name,
    })
    .from(restaurants)
    .innerJoin(zones, eq(zones.id, restaurants.zoneId))
    .where(eq(restaurants.id, restaurantId));
  return row ?? null;
}

const EDITED = {
  restaurant: sql`restaurants`,
  section: sql`menu_sections`,
  dish: sql`menu_items`,
} as const;
export type Edited = keyof typeof EDITED;

/** Who changed it last, by name, null for nobody known; undefined when there is no such thing. */
export async function lastEditor(
  db: Queryable,
  what: Edited,
  id: string,
): Promise<string | null | undefined> {
  const [row] = await db.execute<{ name: string | null }>(sql`
    SELECT ${nameOfActor(sql`t.changed_by`)} AS name FROM ${EDITED[what]} t WHERE t.id = ${id}`);
  return row?.name;
}
