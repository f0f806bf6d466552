import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { cancelOrder } from './cancel-order';
import { orderIs, storyOf } from './journey.testing';
import { runKitchenRound } from './run-kitchen-round';
import { contextOf, key, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const roundIn = (minutes: number) =>
  runKitchenRound(
    contextOf(db(), 'kitchen', { now: () => new Date(Date.now() + minutes * 60_000) }),
  );

describe('a round of the kitchen', () => {
  it('starts what was accepted by itself, and finishes it when its time has come', async () => {
    const town = await makeTown(db(), { autoAccept: true, prepMinutes: 12 });
    const orderId = await placeTestOrder(db(), town);
    expect(await storyOf(db(), orderId)).toEqual([
      'order.placed',
      'order.accepted',
      'delivery.created',
    ]);
    await roundIn(0);
    expect(await orderIs(db(), orderId)).toMatchObject({ status: 'preparing' });
    await roundIn(11.5);
    expect(await orderIs(db(), orderId)).toMatchObject({ status: 'preparing' });
    await roundIn(12.5);
    expect(await orderIs(db(), orderId)).toMatchObject({ status: 'ready' });
    await roundIn(60);
    expect(await storyOf(db(), orderId, 3)).toEqual(['order.preparing', 'order.ready']);
  });

  it('leaves alone what a person does by hand', async () => {
    const town = await makeTown(db(), { autoAccept: false });
    const orderId = await placeTestOrder(db(), town);
    await db().execute(`UPDATE orders SET status = 'accepted' WHERE id = '${orderId}'`);
    await roundIn(120);
    expect(await orderIs(db(), orderId)).toMatchObject({ status: 'accepted' });
  });

  it('leaves alone what was cancelled', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const orderId = await placeTestOrder(db(), town);
    const customer = contextOf(db(), town.customer);
    await cancelOrder(customer, { ...key(), orderId, reason: 'changed_mind' });
    await roundIn(120);
    expect(await orderIs(db(), orderId)).toMatchObject({ status: 'cancelled' });
  });

  it('takes each step once, though several run at the same time', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const orderIds = await Promise.all(Array.from({ length: 5 }, () => placeTestOrder(db(), town)));
    await Promise.all(Array.from({ length: 4 }, () => roundIn(0)));
    // A round passes by what another one holds.
    await roundIn(0);
    for (const orderId of orderIds) {
      expect(await storyOf(db(), orderId, 3)).toEqual(['order.preparing']);
    }
  });
});
