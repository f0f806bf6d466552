import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { earnedToday } from '@/db/queries/deliveries';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { sumEarned } from '@/domain/driver-view';
import { getDriverHistory } from './get-driver-history';
import { carriedOrder, deliveryIs, giveTo, walk } from './journey.testing';
import { CART_TOTAL, contextOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

describe('what a driver has earned', () => {
  it('is listed latest first, tip included, and summed up', async () => {
    const { town, driver, orderId } = await carriedOrder(db(), { last: 'deliver' });
    const second = await placeTestOrder(db(), town);
    await giveTo(db(), town, second, driver);
    await walk(db(), driver, second, 'deliver');
    const [first, last] = [await deliveryIs(db(), orderId), await deliveryIs(db(), second)];
    const history = await getDriverHistory(contextOf(db(), driver));
    expect(history.deliveries.map(({ deliveryId }) => deliveryId)).toEqual([last.id, first.id]);
    // 250 and 90 a kilometre for 1.1 km, and the tip of 100.
    expect(first.pay).toBe(450);
    expect(history).toMatchObject({ currency: 'EUR', total: 900 });
    expect(history.deliveries[0]).toMatchObject({ tip: 100, cash: CART_TOTAL, rating: null });
    const today = await earnedToday(db(), driver.userId);
    expect(today).toEqual({
      currency: 'EUR',
      timeZone: 'Europe/Lisbon',
      deliveries: [first, last].map(({ id }) => ({
        id,
        pay: 450,
        deliveredAt: expect.any(String),
      })),
    });
  });

  it('is what was delivered: not what was taken away, failed, or is somebody else’s', async () => {
    const { town, driver } = await carriedOrder(db(), { last: 'pick_up' });
    const other = await makeDriver(db(), town);
    const theirs = await placeTestOrder(db(), town);
    await giveTo(db(), town, theirs, other);
    await walk(db(), other, theirs, 'deliver');
    expect(await getDriverHistory(contextOf(db(), driver))).toEqual({
      ...{ currency: 'EUR', total: 0, deliveries: [], cash: [] },
      ...{ rating: null, ratingCount: 0 },
    });
    expect(await earnedToday(db(), driver.userId)).toEqual({
      currency: 'EUR',
      timeZone: 'Europe/Lisbon',
      deliveries: [],
    });
  });

  it('today ends at midnight on the wall clock of the zone', async () => {
    const { driver, deliveryId, town } = await carriedOrder(db(), { last: 'deliver' });
    const moveTo = (moment: string) =>
      db().execute(sql`
        UPDATE deliveries SET delivered_at = ${sql.raw(moment)} WHERE id = ${deliveryId}`);
    for (const zone of ['Pacific/Kiritimati', 'Europe/Lisbon', 'Pacific/Honolulu']) {
      await db().execute(sql`UPDATE zones SET time_zone = ${zone} WHERE id = ${town.zoneId}`);
      const midnight = `date_trunc('day', now() AT TIME ZONE '${zone}') AT TIME ZONE '${zone}'`;
      await moveTo(midnight);
      expect(sumEarned(await earnedToday(db(), driver.userId)), zone).toBe(450);
      await moveTo(`${midnight} - interval '1 second'`);
      expect(sumEarned(await earnedToday(db(), driver.userId)), zone).toBe(0);
    }
  });

  it('is nothing for a driver who has just begun', async () => {
    const driver = await makeDriver(db(), await makeTown(db()));
    expect(await getDriverHistory(contextOf(db(), driver))).toMatchObject({ total: 0 });
  });
});
