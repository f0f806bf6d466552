import { describe, expect, it } from 'vitest';
import { pendingOffers } from '@/db/queries/orders';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver } from '@/db/testing/town';
import { handBackDelivery } from './hand-back-delivery';
import { carriedOrder, deliveryIs, orderIs, storyOf, takeStep } from './journey.testing';
import { reasonOf } from './refused.testing';
import { runDispatchRound } from './run-dispatch-round';
import { failDelivery } from './step-delivery';
import { contextOf, key, outcomeOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

describe('before the pickup', () => {
  it('a driver gives it back with a reason: somebody else is asked at once, they are not', async () => {
    const { town, driver, orderId, deliveryId } = await carriedOrder(db(), {
      last: 'arrive_pickup',
    });
    const ben = await makeDriver(db(), town, { name: 'Ben', meters: 900 });
    const request = { ...key(), deliveryId, reason: 'restaurant_closed' as const };
    await handBackDelivery(contextOf(db(), driver), request);
    expect(await deliveryIs(db(), orderId)).toMatchObject({
      ...{ status: 'offering', driverId: null, avoidDriverId: driver.userId },
      handBackReason: 'restaurant_closed',
    });
    await runDispatchRound(contextOf(db(), 'dispatch'));
    const asked = async (who: typeof ben) => (await pendingOffers(db(), who.userId)).length;
    expect([await asked(driver), await asked(ben)]).toEqual([0, 1]);
    expect(await orderIs(db(), orderId)).not.toMatchObject({ status: 'cancelled' });
  });

  it('asked for twice it is given back once, and the answer is the same', async () => {
    const { driver, orderId, deliveryId } = await carriedOrder(db());
    const request = { ...key(), deliveryId, reason: 'cannot_find' as const };
    const back = () => outcomeOf(handBackDelivery(contextOf(db(), driver), request));
    const first = await back();
    expect(first).toMatchObject({ ok: { deliveryId } });
    expect(await back()).toEqual(first);
    const story = await storyOf(db(), orderId);
    expect(story.filter((type) => type === 'delivery.unassigned')).toHaveLength(1);
  });

  it('with the food in hand it is too late; then it fails, and comes back to the kitchen', async () => {
    const { driver, orderId, deliveryId } = await carriedOrder(db(), { last: 'pick_up' });
    const ctx = contextOf(db(), driver);
    const back = () => handBackDelivery(ctx, { ...key(), deliveryId, reason: 'other' });
    expect(await reasonOf(db(), back)).toBe('illegal_step');
    await failDelivery(ctx, { ...key(), deliveryId, reason: 'customer_absent' });
    expect(await reasonOf(db(), back)).toBe('illegal_step');
    expect(await orderIs(db(), orderId)).toMatchObject({
      ...{ status: 'cancelled', reason: 'delivery_failed', closedBy: 'driver' },
    });
    await takeStep(db(), driver, orderId, 'return');
    await takeStep(db(), driver, orderId, 'finish_return');
    expect(await deliveryIs(db(), orderId)).toMatchObject({
      ...{ status: 'returned', reason: 'customer_absent' },
    });
  });
});
