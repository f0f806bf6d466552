import { describe, expect, it } from 'vitest';
import { upsertPositions } from '@/db/queries/drivers';
import { testDatabase } from '@/db/testing/test-database';
import type { Town } from '@/db/testing/town';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import type { Viewer } from '@/domain/roles';
import { carriedOrder, deliveryIs, orderIs, storyOf, takeStep } from './journey.testing';
import { runArrivalRound } from './run-arrival-round';
import { contextOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

/** Puts a driver there, seen so many seconds ago. */
let fixes = 0;
async function stand(driver: Viewer, at: GeoPoint, agoS = 0) {
  // Later than the fix before, however fast the test is.
  fixes += 1;
  const recordedAt = new Date(Date.now() - agoS * 1_000 + fixes * 50).toISOString();
  await upsertPositions(db(), [
    { driverId: driver.userId, at, headingDeg: null, speedMps: null, accuracyM: 5, recordedAt },
  ]);
}
const round = () => runArrivalRound(contextOf(db(), 'arrivals'));
const near = async (orderId: string) => (await deliveryIs(db(), orderId)).nearAt !== null;
const from = ({ centre }: Town, meters: number) => destinationPoint(centre, 90, meters);

describe('a driver who comes near', () => {
  it('is told once within 80 m, and not before; nothing is assumed', async () => {
    const { town, driver, orderId } = await carriedOrder(db());
    await stand(driver, from(town, 90));
    await round();
    expect(await near(orderId)).toBe(false);
    await stand(driver, from(town, 75));
    await round();
    await round();
    expect(await near(orderId)).toBe(true);
    expect(await deliveryIs(db(), orderId)).toMatchObject({ status: 'assigned', atPickupAt: null });
    const story = await storyOf(db(), orderId);
    expect(story.slice(story.indexOf('delivery.assigned') + 1)).toEqual(
      expect.not.arrayContaining(['delivery.at_pickup']),
    );
  });

  it('and leaves again is not there any more; a fix that jumps does not flicker', async () => {
    const { town, driver, orderId } = await carriedOrder(db());
    for (const [meters, there] of [
      [60, true],
      [120, true],
      [170, false],
    ] as const) {
      await stand(driver, from(town, meters));
      await round();
      expect(await near(orderId), `${meters} m`).toBe(there);
    }
  });

  it('by a position that is old is not asked', async () => {
    const { town, driver, orderId } = await carriedOrder(db());
    await db().execute(`DELETE FROM driver_positions WHERE driver_id = '${driver.userId}'`);
    await stand(driver, from(town, 10), 90);
    await round();
    expect(await near(orderId)).toBe(false);
  });

  it('is asked at the restaurant, at the door, and with each step anew', async () => {
    const { town, driver, orderId } = await carriedOrder(db());
    const { dropoff } = await orderIs(db(), orderId);
    await stand(driver, town.centre);
    await round();
    expect(await near(orderId)).toBe(true);
    await takeStep(db(), driver, orderId, 'arrive_pickup');
    expect(await near(orderId)).toBe(false);
    await round();
    expect(await near(orderId)).toBe(false);
    await takeStep(db(), driver, orderId, 'pick_up');
    await stand(driver, dropoff);
    await round();
    expect(await near(orderId)).toBe(true);
    await takeStep(db(), driver, orderId, 'arrive_dropoff');
    expect(await near(orderId)).toBe(false);
  });

  it('is told once by several processes at the same time', async () => {
    const { town, driver, orderId } = await carriedOrder(db());
    await stand(driver, town.centre);
    await Promise.all([round(), round(), round()]);
    await round();
    const story = await storyOf(db(), orderId);
    const after = story.slice(story.indexOf('delivery.assigned') + 1);
    expect(after.filter((type) => type === 'delivery.updated')).toHaveLength(1);
  });
});
