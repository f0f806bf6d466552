import { eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { restaurants } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import { seededRandom } from '@/domain/random';
import { cuisinesNear, type Place, placesNear } from './nearby';

const database = testDatabase();
const db = () => database.connection.db;
const moment = new Date();

type Row = { id: string; rank: number; dist: number; rating: number; cuisine: string };

/** What delivers to a door, asked of each place there is, without an index or a plane. */
async function everywhere({ lat, lng }: GeoPoint): Promise<Row[]> {
  const door = sql`${`SRID=4326;POINT(${lng} ${lat})`}::geography`;
  const rows = await db().execute<Row>(sql`
    SELECT r.id, CASE WHEN open_at(r, ${moment.toISOString()}::timestamptz) THEN 0 ELSE 1 END AS rank,
      ST_Distance(r.location, ${door}, false) AS dist, coalesce(r.rating, 0)::float8 AS rating, r.cuisine
    FROM restaurants r
    WHERE r.archived_at IS NULL AND CASE WHEN r.delivery_area IS NULL
      THEN ST_Distance(r.location, ${door}, false) <= r.delivery_radius_m
      ELSE ST_Covers(r.delivery_area::geometry, ${door}::geometry) END
    ORDER BY dist, r.id`);
  return [...rows];
}

const PAGE = 60;
const CUISINES = ['Thai', 'Pizza', 'Sushi'];

/** So many places around a point: some under one roof, some closed, some far with a long reach, some with a drawn area. */
async function city(centre: GeoPoint, count: number, random: () => number): Promise<void> {
  const town = await makeTown(db());
  const [like] = await db().select().from(restaurants).where(eq(restaurants.id, town.restaurantId));
  if (!like) throw new Error('expected the town’s restaurant');
  const area = ({ lat, lng }: GeoPoint, size: number) => {
    const [w, s, e, n] = [lng - size * random(), lat - size * random(), lng + size, lat + size];
    return `SRID=4326;POLYGON((${w} ${s},${e} ${s},${e} ${n},${w} ${n},${w} ${s}))`;
  };
  const rows = Array.from({ length: count }, (_, n) => {
    const id = uuidv7();
    const far = n % 10 === 0;
    const roof = n % 7 === 0 ? 500 : 1_500 * random() ** 2;
    const location = destinationPoint(
      centre,
      n % 7 === 0 ? 90 : 360 * random(),
      far ? 20_000 * random() : roof,
    );
    const inside = Math.abs(location.lng) < 179.9 && Math.abs(location.lat) < 89.9;
    return {
      ...like,
      id,
      slug: id,
      location,
      cuisine: CUISINES[n % CUISINES.length] ?? '',
      kind: n % 11 === 0 ? ('pharmacy' as const) : ('restaurant' as const),
      rating: `${(1 + 4 * random()).toFixed(1)}`,
      deliveryRadiusM: far
        ? 1 + Math.floor(40_000 * random())
        : 1_500 + Math.floor(4_000 * random()),
      deliveryArea: inside && n % 13 === 0 ? area(location, 0.05) : null,
      pausedUntil: n % 3 === 0 ? new Date(moment.getTime() + 3_600_000) : null,
    };
  });
  await db().transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL session_replication_role = replica`);
    await tx.insert(restaurants).values(rows);
  });
}

const query = (at: GeoPoint, sort: 'nearest' | 'rating') => ({
  at,
  moment,
  openOnly: false,
  sort,
  words: null,
  limit: PAGE,
});

/** Pages one after the other, until there is none. */
async function walk(at: GeoPoint, sort: 'nearest' | 'rating'): Promise<string[]> {
  const ids: string[] = [];
  let after: Place | null = null;
  for (;;) {
    const rows: Place[] = await placesNear(db(), { ...query(at, sort), after });
    ids.push(...rows.map(({ id }) => id));
    after = rows.at(-1) ?? null;
    if (rows.length < PAGE) return ids;
  }
}

const byRank = (a: Row, b: Row) => a.rank - b.rank || a.dist - b.dist || (a.id < b.id ? -1 : 1);
const byRating = (a: Row, b: Row) => a.rank - b.rank || b.rating - a.rating || byRank(a, b);

/** So many places in a ring of 30 to 40 km, all within each other's reach: the plane stretches the way to the northern ones more. */
async function ring(centre: GeoPoint, count: number, random: () => number): Promise<void> {
  const town = await makeTown(db());
  const [like] = await db().select().from(restaurants).where(eq(restaurants.id, town.restaurantId));
  if (!like) throw new Error('expected the town’s restaurant');
  const rows = Array.from({ length: count }, () => {
    const id = uuidv7();
    const location = destinationPoint(centre, 360 * random(), 30_000 + 10_000 * random());
    return { ...like, id, slug: id, location, deliveryRadiusM: 60_000 };
  });
  await db().transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL session_replication_role = replica`);
    await tx.insert(restaurants).values(rows);
  });
}

describe('what delivers here, found on a plane, is what each place says by itself', () => {
  it.each<[string, GeoPoint]>([
    ['where no meridian converges', { lat: 0.01, lng: 20 }],
    ['far in the south', { lat: -41.3, lng: 174.8 }],
    ['far in the north', { lat: 69.65, lng: 18.95 }],
    ['farther in the north', { lat: 78.22, lng: 15.6 }],
    ['where the plane ends', { lat: 79.99, lng: -40 }],
    ['beyond it', { lat: -85, lng: 40 }],
    ['around a pole', { lat: 89.97, lng: 0 }],
    ['east of the date line', { lat: -16.8, lng: -179.99 }],
    ['west of it', { lat: 65, lng: 179.97 }],
    ['near it', { lat: 52, lng: 179.5 }],
  ])('%s', async (_, centre) => {
    const random = seededRandom(11);
    await city(centre, 520, random);
    const doors = [
      centre,
      ...[1_000, 3_000, 25_000].map((meters) => destinationPoint(centre, 360 * random(), meters)),
    ];
    for (const door of doors) {
      const found = await everywhere(door);
      expect(await walk(door, 'nearest')).toEqual([...found].sort(byRank).map(({ id }) => id));
      const pool = found
        .slice(0, 400)
        .sort(byRating)
        .map(({ id }) => id);
      // Of those at the very edge of the pool that are equally far, any may be in it.
      if (found[399]?.dist !== found[400]?.dist) expect(await walk(door, 'rating')).toEqual(pool);
      const here = await cuisinesNear(db(), door);
      expect(here.reduce((sum, { places }) => sum + places, 0)).toBeLessThanOrEqual(found.length);
    }
    expect((await everywhere(centre)).length).toBeGreaterThan(400);
  });

  it('even where the order of the plane is another', async () => {
    const centre = { lat: 77, lng: 100 };
    await ring(centre, 520, seededRandom(3));
    const found = await everywhere(centre);
    expect(found).toHaveLength(520);
    expect(await walk(centre, 'nearest')).toEqual([...found].sort(byRank).map(({ id }) => id));
    const pool = found
      .slice(0, 400)
      .sort(byRating)
      .map(({ id }) => id);
    expect(await walk(centre, 'rating')).toEqual(pool);
  });
});
