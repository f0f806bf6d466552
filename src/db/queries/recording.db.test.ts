import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { destinationPoint } from '@/domain/geo';
import { readPolicyFile } from '@/domain/replay/policy-file';
import { replay } from '@/domain/replay/replay';
import { readStory } from '@/domain/replay/story';
import { carriedOrder, giveTo, walk } from '@/services/journey.testing';
import { placeTestOrder } from '@/services/testing';
import { upsertPositions } from './drivers';
import { readRecording, zonesWithSearches } from './recording';

const database = testDatabase();
const db = () => database.connection.db;
const around = () => [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)] as const;

describe('a stretch of the log', () => {
  it('is read back as what happened, and can be run again', async () => {
    const { town, driver, orderId, deliveryId } = await carriedOrder(db());
    const at = destinationPoint(town.centre, 0, 310);
    const crumb = { driverId: driver.userId, at, recordedAt: new Date().toISOString() };
    await upsertPositions(db(), [], [crumb]);
    await walk(db(), driver, orderId, 'deliver');
    const [from, to] = around();
    const zone = (await zonesWithSearches(db(), from, to)).find(({ id }) => id === town.zoneId);
    expect(zone).toMatchObject({ orders: 1, slug: town.zoneId });
    const story = readStory(await readRecording(db(), town.zoneId, from, to));
    expect(story.orders).toMatchObject([{ deliveryId, restaurantId: town.restaurantId }]);
    expect(story.recorded.outcomes).toMatchObject([{ driverId: driver.userId }]);
    expect(story.recorded.outcomes[0]?.deliveredAt).not.toBeNull();
    expect(story.drivers).toMatchObject([{ id: driver.userId, vehicle: 'bike' }]);
    expect(story.drivers[0]?.track[0]?.at.lat).toBeCloseTo(at.lat, 6);
    for (const kind of ['nearest', 'batch']) {
      const run = replay(story, readPolicyFile(JSON.stringify({ kind })));
      expect(run.outcomes).toMatchObject([{ driverId: driver.userId }]);
    }
  });

  it('knows drivers who were online before it, by the last place that is known of them', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town, { meters: 450 });
    // Later than what has been written, by the database's finer clock too.
    const from = new Date(Date.now() + 1);
    const orderId = await placeTestOrder(db(), town);
    await giveTo(db(), town, orderId, driver);
    const { driversBefore, positions } = await readRecording(db(), town.zoneId, from, around()[1]);
    expect(driversBefore).toMatchObject([{ id: driver.userId, online: true }]);
    expect(positions).toHaveLength(1);
  });

  it('has nothing where there were no orders', async () => {
    const long = new Date('2020-01-01T00:00:00Z');
    const town = await makeTown(db());
    expect(await zonesWithSearches(db(), long, new Date('2020-01-02T00:00:00Z'))).toEqual([]);
    const recording = await readRecording(
      db(),
      town.zoneId,
      long,
      new Date('2020-01-02T00:00:00Z'),
    );
    expect(readStory(recording)).toMatchObject({ orders: [], drivers: [] });
  });
});
