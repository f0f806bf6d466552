import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { nearestCandidates } from '@/db/queries/candidates';
import type { PositionRow } from '@/db/queries/drivers';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, type Town } from '@/db/testing/town';
import { destinationPoint } from '@/domain/geo';
import { giveTo } from '@/services/journey.testing';
import { placeTestOrder } from '@/services/testing';
import { DriverIndex } from './driver-index';
import { Hub } from './hub';
import { PositionFeed } from './positions';
import { startTail } from './tail';

const database = testDatabase();
const db = () => database.connection.db;

const fail = (error: unknown) => expect(error).toBeUndefined();

/** An index on a hub that hears what this database's log says. */
async function following() {
  const hub = new Hub();
  const tail = await startTail({
    connection: database.connection,
    hub,
    canListen: database.real,
    onEvent: () => undefined,
    onError: fail,
  });
  const feed = new PositionFeed(db(), hub, fail);
  const index = new DriverIndex(db(), hub, fail);
  await index.settled();
  return {
    hub,
    feed,
    index,
    async [Symbol.asyncDispose]() {
      await index.stop();
      await feed.stop();
      await tail.stop();
    },
  };
}

const fix = (driverId: string, town: Town, meters: number, second: number): PositionRow => ({
  driverId,
  at: destinationPoint(town.centre, 0, meters),
  headingDeg: null,
  speedMps: null,
  accuracyM: 5,
  recordedAt: new Date(Date.now() + second * 1_000).toISOString(),
});

const idsNear = (index: DriverIndex, town: Town) =>
  index.nearest(town.centre, 10, 8_000)?.map(({ id }) => id);

/** What PostGIS finds, in its order. */
const idsByPostgis = async (town: Town) => {
  const now = new Date();
  const search = {
    ...{ deliveryId: '00000000-0000-7000-8000-000000000000', pickup: town.centre, radiusM: 8_000 },
    ...{ round: 0, searchStartedAt: now, avoidDriverId: null },
  };
  const [found] = await nearestCandidates(db(), [search], 10, now);
  return found?.map(({ driverId }) => driverId);
};

/** Waits for a state: events come with the tail. */
async function until(done: () => boolean) {
  const deadline = Date.now() + 10_000;
  while (!done()) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await wait(5);
  }
}

describe('the index of drivers', () => {
  it('knows nobody before it has read, then the same as PostGIS, nearest first', async () => {
    const town = await makeTown(db());
    for (const meters of [900, 300, 600, 9_000]) await makeDriver(db(), town, { meters });
    await makeDriver(db(), town, { meters: 100, online: false });
    const early = new DriverIndex(db(), new Hub(), fail);
    expect(early.nearest(town.centre, 10, 8_000)).toBeNull();
    await early.settled();
    const found = idsNear(early, town);
    expect(found).toHaveLength(3);
    expect(found).toEqual(await idsByPostgis(town));
    await early.stop();
  });

  it('follows drivers as they move', async () => {
    await using all = await following();
    const town = await makeTown(db());
    const [near, far] = [
      await makeDriver(db(), town, { meters: 300 }),
      await makeDriver(db(), town, { meters: 900 }),
    ];
    await until(() => idsNear(all.index, town)?.length === 2);
    expect(idsNear(all.index, town)).toEqual([near.userId, far.userId]);
    all.feed.record(fix(far.userId, town, 100, 5));
    await until(() => idsNear(all.index, town)?.[0] === far.userId);
    await all.feed.flush();
    expect(await idsByPostgis(town)).toEqual([far.userId, near.userId]);
    // Reading again, with what was written before the move, does not take it back.
    await all.index.rebuild();
    expect(idsNear(all.index, town)).toEqual([far.userId, near.userId]);
  });

  it('lets go who has work or goes offline, and takes who comes', async () => {
    await using all = await following();
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town);
    await until(() => idsNear(all.index, town)?.length === 1);
    const orderId = await placeTestOrder(db(), town);
    await giveTo(db(), town, orderId, driver);
    await until(() => idsNear(all.index, town)?.length === 0);
    const other = await makeDriver(db(), town, { online: false });
    await db().execute(sql`UPDATE drivers SET online = true WHERE user_id = ${other.userId}`);
    await until(() => idsNear(all.index, town)?.[0] === other.userId);
    await db().execute(sql`UPDATE drivers SET online = false WHERE user_id = ${other.userId}`);
    await until(() => idsNear(all.index, town)?.length === 0);
    expect(await idsByPostgis(town)).toEqual([]);
  });
});
