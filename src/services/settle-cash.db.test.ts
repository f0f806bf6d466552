import { describe, expect, it } from 'vitest';
import { cashDue, latestHandins } from '@/db/queries/cash';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeUser, type Town } from '@/db/testing/town';
import type { Viewer } from '@/domain/roles';
import { getDriverHistory } from './get-driver-history';
import { carriedOrder, giveTo, storyOf, walk } from './journey.testing';
import { listCash } from './list-cash';
import { reasonOf, refusalOf } from './refused.testing';
import { settleCash } from './settle-cash';
import { CART_TOTAL, contextOf, key, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const settle = (admin: Viewer, driver: Viewer, expectedAmount: number, request = key()) =>
  settleCash(contextOf(db(), admin), {
    ...{ ...request, driverId: driver.userId, currency: 'EUR', expectedAmount },
  });
const due = async (driver: Viewer) => (await cashDue(db(), driver.userId))[0]?.amount ?? 0;

async function another(town: Town, driver: Viewer) {
  const orderId = await placeTestOrder(db(), town);
  await giveTo(db(), town, orderId, driver);
  await walk(db(), driver, orderId, 'deliver');
}

describe('cash at the door', () => {
  it('is to be handed in from the handover on, and seen by driver and admin', async () => {
    const { town, driver } = await carriedOrder(db(), { last: 'arrive_dropoff' });
    expect(await due(driver)).toBe(0);
    await another(town, await makeDriver(db(), town));
    const { driver: paid } = await carriedOrder(db(), { last: 'deliver' });
    expect(await due(paid)).toBe(CART_TOTAL);
    const history = await getDriverHistory(contextOf(db(), paid));
    expect(history.cash).toMatchObject([{ currency: 'EUR', amount: CART_TOTAL, orders: 1 }]);
    const { due: all } = await listCash(contextOf(db(), town.admin));
    expect(all).toContainEqual(
      expect.objectContaining({ driverId: paid.userId, amount: CART_TOTAL, orders: 1 }),
    );
  });

  it('is settled as a whole, once, and told to both', async () => {
    const { town, driver } = await carriedOrder(db(), { last: 'deliver' });
    await another(town, driver);
    const request = key();
    const { handinId } = await settle(town.admin, driver, 2 * CART_TOTAL, request);
    expect(await settle(town.admin, driver, 2 * CART_TOTAL, request)).toEqual({ handinId });
    expect(await due(driver)).toBe(0);
    expect(await latestHandins(db(), 10, driver.userId)).toMatchObject([
      { id: handinId, amount: 2 * CART_TOTAL, orders: 2, adminName: town.admin.name },
    ]);
    expect(await storyOf(db(), driver.userId)).toContain('driver.cash_handed_in');
    const history = await getDriverHistory(contextOf(db(), driver));
    expect(history.cash).toEqual([]);
    expect(history.deliveries.map(({ cash, cashHandedIn }) => [cash, cashHandedIn])).toEqual([
      [CART_TOTAL, true],
      [CART_TOTAL, true],
    ]);
  });

  it('that has become more while it was counted is not settled blindly', async () => {
    const { town, driver } = await carriedOrder(db(), { last: 'deliver' });
    await another(town, driver);
    const refusal = await refusalOf(db(), () => settle(town.admin, driver, CART_TOTAL));
    expect(refusal).toMatchObject({
      ...{ code: 'conflict', reason: 'cash_changed' },
      data: { amount: 2 * CART_TOTAL, currency: 'EUR' },
    });
    expect(await due(driver)).toBe(2 * CART_TOTAL);
  });

  it('of two admins who settle it at once, one does', async () => {
    const { town, driver } = await carriedOrder(db(), { last: 'deliver' });
    const other = await makeUser(db(), 'admin', 'Other Admin');
    const outcomes = await Promise.all([
      outcomeOf(settle(town.admin, driver, CART_TOTAL)),
      outcomeOf(settle(other, driver, CART_TOTAL)),
    ]);
    expect(outcomes.filter((outcome) => 'ok' in outcome)).toHaveLength(1);
    expect(outcomes).toContainEqual({ refused: 'cash_changed' });
    expect(await latestHandins(db(), 10, driver.userId)).toHaveLength(1);
  });

  it('of nobody can’t be settled', async () => {
    const { town } = await carriedOrder(db());
    expect(await reasonOf(db(), () => settle(town.admin, town.customer, 100))).toBe(
      'driver_not_found',
    );
  });
});
