import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import type { GeoPoint } from '@/domain/geo';
import { busyNear, nearestCandidates } from './candidates';

const database = testDatabase();
const db = () => database.connection.db;
const FLEET = 40;
const ids: string[] = [];

beforeAll(async () => {
  const town = await makeTown(db());
  for (let n = 0; n < FLEET; n += 1) {
    ids.push((await makeDriver(db(), town, { name: `D${n}` })).userId);
  }
});

const searchAt = (pickup: GeoPoint, radiusM: number) => ({
  ...{ deliveryId: '00000000-0000-7000-8000-000000000000', pickup, radiusM },
  ...{ round: 0, searchStartedAt: new Date(), avoidDriverId: null },
});

/** All of the fleet around a place, the same each time, up to `metres` away. */
const gather = ({ lat, lng }: GeoPoint, metres: number) =>
  db().execute(sql`
    UPDATE driver_positions p SET location = ST_Project(ST_MakePoint(${lng}, ${lat})::geography,
      ${metres}::float8 * ((s.n * 7919 % 97) / 97.0), radians(s.n * 137.5))
    FROM (SELECT driver_id, row_number() OVER (ORDER BY driver_id) AS n FROM driver_positions) s
    WHERE s.driver_id = p.driver_id`);

/** By asking everybody. */
const nearestOfAll = async ({ lat, lng }: GeoPoint, radiusM: number, limit: number) => {
  const pickup = sql`ST_MakePoint(${lng}, ${lat})::geography`;
  const rows = await db().execute<{ id: string }>(sql`
    WITH far AS MATERIALIZED (
      SELECT driver_id, location, location <-> ${pickup} AS m FROM driver_positions WHERE available)
    SELECT driver_id AS id FROM (SELECT * FROM far ORDER BY m, driver_id LIMIT ${limit}) f
    WHERE ST_DWithin(location, ${pickup}, ${radiusM}) ORDER BY m, driver_id`);
  return rows.map(({ id }) => id);
};

describe('the nearest who are free', () => {
  it.each([
    ['in a city', { lat: 38.7, lng: -9.1 }, 3_000],
    ['far apart, in the north', { lat: 69.6, lng: 18.9 }, 200_000],
    ['on the equator', { lat: 0, lng: 32.6 }, 3_000],
    ['across the date line', { lat: -16.8, lng: 179.999 }, 3_000],
    ['near a pole', { lat: 84.5, lng: 40 }, 60_000],
  ])('are those found by asking everybody: %s', async (_, at, metres) => {
    await gather(at, metres);
    const east = { lat: at.lat, lng: at.lng - 0.004 };
    for (const [radiusM, limit] of [
      [metres, 3],
      [metres / 3, 10],
      [2 * metres, 10],
    ] as const) {
      const pickups = [at, east];
      const found = await nearestCandidates(
        db(),
        pickups.map((pickup) => searchAt(pickup, radiusM)),
        limit,
        new Date(),
      );
      for (const [n, pickup] of pickups.entries()) {
        const asked = found[n]?.map(({ driverId }) => driverId);
        expect(asked).toEqual(await nearestOfAll(pickup, radiusM, limit));
      }
    }
  });

  it('are none who have no time; those are named apart', async () => {
    const at = { lat: 38.7, lng: -9.1 };
    await gather(at, 3_000);
    const [busy] = await nearestOfAll(at, 3_000, 1);
    await db().execute(sql`UPDATE drivers SET break_since = now() WHERE user_id = ${busy}`);
    const [found] = await nearestCandidates(db(), [searchAt(at, 3_000)], 40, new Date());
    expect(found).toHaveLength(FLEET - 1);
    const [aside] = await busyNear(db(), [searchAt(at, 3_000)], 5, new Date());
    expect(aside?.map(({ driverId }) => driverId)).toEqual([busy]);
    await db().execute(sql`UPDATE drivers SET online = false WHERE user_id = ${busy}`);
    const [nobody] = await busyNear(db(), [searchAt(at, 3_000)], 5, new Date());
    expect(nobody).toEqual([]);
  });
});
