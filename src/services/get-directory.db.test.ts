import { expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { getDirectory } from './get-directory';
import { contextOf, outcomeOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

it('names zones, restaurants and drivers, each with its zone', async () => {
  const town = await makeTown(db());
  const driver = await makeDriver(db(), town);
  const { zones, restaurants, drivers } = await getDirectory(contextOf(db(), town.admin));
  const restaurant = restaurants.find(({ id }) => id === town.restaurantId);
  expect(zones.map(({ id }) => id)).toContain(restaurant?.zoneId);
  expect(drivers.find(({ id }) => id === driver.userId)).toEqual({
    id: driver.userId,
    name: driver.name,
    zoneId: restaurant?.zoneId,
  });
});

it('is for admins alone', async () => {
  const town = await makeTown(db());
  expect(await outcomeOf(getDirectory(contextOf(db(), town.customer)))).toHaveProperty('refused');
});
