import { describe, expect, it } from 'vitest';
import { pendingOffers } from '@/db/queries/orders';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { acceptOffer } from './answer-offer';
import { retryDispatch, unassignDelivery } from './assign-delivery';
import { cancelOrder } from './cancel-order';
import { explainDispatch } from './explain-dispatch';
import { carriedOrder, deliveryIs, giveTo, orderIs, storyOf, walk } from './journey.testing';
import { reasonOf, refusalOf } from './refused.testing';
import { runDispatchRound } from './run-dispatch-round';
import { failDelivery, stepDelivery } from './step-delivery';
import { restoreOrder, stepOrder } from './step-order';
import { contextOf, key, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

async function placed() {
  const town = await makeTown(db());
  const orderId = await placeTestOrder(db(), town);
  const admin = contextOf(db(), town.admin);
  const kitchen = (command: 'accept' | 'reject' | 'start' | 'finish') => () =>
    stepOrder(admin, { ...key(), orderId, command });
  const cancel = () => cancelOrder(admin, { ...key(), orderId, reason: 'restaurant_problem' });
  const restore = () => restoreOrder(admin, { ...key(), orderId });
  return { town, orderId, admin, kitchen, cancel, restore };
}

describe('the kitchen', () => {
  it('accepts, starts and finishes; a driver is searched for from the first of these on', async () => {
    const { orderId, kitchen } = await placed();
    expect(await storyOf(db(), orderId)).toEqual(['order.placed']);
    for (const command of ['accept', 'start', 'finish'] as const) await kitchen(command)();
    expect(await storyOf(db(), orderId, 1)).toEqual([
      'order.accepted',
      'delivery.created',
      'order.preparing',
      'order.ready',
    ]);
    const order = await orderIs(db(), orderId);
    expect(order.readyAt).not.toBeNull();
    expect((await deliveryIs(db(), orderId)).nextAttemptAt).not.toBeNull();
  });

  it('rejects with a reason, and nobody is searched for', async () => {
    const { orderId, admin } = await placed();
    await stepOrder(admin, { ...key(), orderId, command: 'reject', reason: 'too_busy' });
    expect(await orderIs(db(), orderId)).toMatchObject({
      status: 'rejected',
      reason: 'too_busy',
      closedBy: 'restaurant',
    });
    expect(await storyOf(db(), orderId, 1)).toEqual(['order.rejected', 'payment.released']);
  });

  it('can’t step out of turn', async () => {
    const { kitchen } = await placed();
    for (const command of ['start', 'finish'] as const) {
      expect(await reasonOf(db(), kitchen(command))).toBe('illegal_step');
    }
    await kitchen('accept')();
    for (const command of ['accept', 'reject', 'finish'] as const) {
      expect(await reasonOf(db(), kitchen(command))).toBe('illegal_step');
    }
  });
});

describe('the driver', () => {
  it('goes to the door step by step; food in their hands is ready, delivered is completed', async () => {
    const { driver, orderId } = await carriedOrder(db());
    const from = (await storyOf(db(), orderId)).length;
    await walk(db(), driver, orderId, 'deliver');
    expect(await storyOf(db(), orderId, from)).toEqual([
      'delivery.at_pickup',
      'delivery.picked_up',
      'order.preparing',
      'order.ready',
      'delivery.at_dropoff',
      'delivery.delivered',
      'order.completed',
      'payment.captured',
    ]);
  });

  it('can’t step out of turn, nor take a step twice', async () => {
    const { driver, deliveryId } = await carriedOrder(db());
    const ctx = contextOf(db(), driver);
    const take = (step: Parameters<typeof stepDelivery>[1]['step']) => () =>
      stepDelivery(ctx, { ...key(), deliveryId, step });
    for (const step of [
      'pick_up',
      'arrive_dropoff',
      'deliver',
      'return',
      'finish_return',
    ] as const) {
      expect(await reasonOf(db(), take(step)), step).toBe('illegal_step');
    }
    await take('arrive_pickup')();
    expect(await reasonOf(db(), take('arrive_pickup'))).toBe('illegal_step');
  });

  it('takes back what can’t be handed over; the order is cancelled', async () => {
    const { driver, orderId, deliveryId } = await carriedOrder(db(), { last: 'arrive_dropoff' });
    const ctx = contextOf(db(), driver);
    await failDelivery(ctx, { ...key(), deliveryId, reason: 'customer_absent' });
    expect(await orderIs(db(), orderId)).toMatchObject({
      status: 'cancelled',
      reason: 'delivery_failed',
      closedBy: 'driver',
    });
    await stepDelivery(ctx, { ...key(), deliveryId, step: 'return' });
    const back = await stepDelivery(ctx, { ...key(), deliveryId, step: 'finish_return' });
    expect(back).toMatchObject({ status: 'returned', reason: 'customer_absent' });
  });

  it('can’t fail what they have not picked up', async () => {
    const { driver, deliveryId } = await carriedOrder(db(), { last: 'arrive_pickup' });
    const fail = () =>
      failDelivery(contextOf(db(), driver), { ...key(), deliveryId, reason: 'refused' });
    expect(await reasonOf(db(), fail)).toBe('illegal_step');
  });
});

describe('a cancellation', () => {
  it('by the customer: until the kitchen starts, not after', async () => {
    const { town, orderId, kitchen } = await placed();
    const customer = contextOf(db(), town.customer);
    const cancel = () => cancelOrder(customer, { ...key(), orderId, reason: 'changed_mind' });
    await kitchen('accept')();
    await kitchen('start')();
    expect(await reasonOf(db(), cancel)).toBe('too_late_to_cancel');
    const other = await placeTestOrder(db(), town);
    await cancelOrder(customer, { ...key(), orderId: other, reason: 'changed_mind' });
    expect(await orderIs(db(), other)).toMatchObject({ status: 'cancelled', closedBy: 'customer' });
  });

  it('before the pickup ends the delivery and frees its driver', async () => {
    const { town, driver, orderId } = await carriedOrder(db(), { last: 'arrive_pickup' });
    await cancelOrder(contextOf(db(), town.admin), { ...key(), orderId, reason: 'other' });
    expect(await deliveryIs(db(), orderId)).toMatchObject({
      status: 'cancelled',
      reason: 'order_cancelled',
    });
    const next = await placeTestOrder(db(), town);
    expect(await giveTo(db(), town, next, driver)).toMatchObject({ status: 'assigned' });
  });

  it('after the pickup brings the food back', async () => {
    const { town, driver, orderId, deliveryId } = await carriedOrder(db(), { last: 'pick_up' });
    await cancelOrder(contextOf(db(), town.admin), { ...key(), orderId, reason: 'other' });
    expect(await deliveryIs(db(), orderId)).toMatchObject({
      status: 'failed',
      driverId: driver.userId,
    });
    const ctx = contextOf(db(), driver);
    await stepDelivery(ctx, { ...key(), deliveryId, step: 'return' });
    await stepDelivery(ctx, { ...key(), deliveryId, step: 'finish_return' });
    expect((await deliveryIs(db(), orderId)).status).toBe('returned');
  });

  it('withdraws the offer that is open, and the driver is free', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town);
    const orderId = await placeTestOrder(db(), town);
    await runDispatchRound(contextOf(db(), 'dispatch'));
    const [offer] = await pendingOffers(db(), driver.userId);
    await cancelOrder(contextOf(db(), town.admin), { ...key(), orderId, reason: 'other' });
    const { id: offerId } = ensured(offer, 'an offer');
    const accept = () => acceptOffer(contextOf(db(), driver), { ...key(), offerId });
    expect(await reasonOf(db(), accept)).toBe('offer_gone');
    expect(await pendingOffers(db(), driver.userId)).toEqual([]);
  });

  it('comes once: of what is closed, nothing can be cancelled', async () => {
    const { orderId, town } = await carriedOrder(db(), {});
    const cancel = () =>
      cancelOrder(contextOf(db(), town.admin), { ...key(), orderId, reason: 'other' });
    await cancel();
    expect(await refusalOf(db(), cancel)).toMatchObject({
      code: 'conflict',
      reason: 'already_closed',
    });
    const delivered = await carriedOrder(db(), { last: 'deliver' });
    const late = () =>
      cancelOrder(contextOf(db(), delivered.town.admin), {
        ...key(),
        orderId: delivered.orderId,
        reason: 'other',
      });
    expect(await reasonOf(db(), late)).toBe('already_closed');
  });
});

describe('a cancellation taken back', () => {
  it('of an order that nobody had accepted: accepted now', async () => {
    const { orderId, cancel, restore } = await placed();
    await cancel();
    await restore();
    expect(await storyOf(db(), orderId, 1)).toEqual([
      'order.cancelled',
      'payment.released',
      'order.restored',
      'delivery.created',
      'payment.pending',
    ]);
    expect(await orderIs(db(), orderId)).toMatchObject({
      status: 'accepted',
      reason: null,
      closedBy: null,
      closedAt: null,
    });
  });

  it('searches for a driver anew, and not for the one who had it', async () => {
    const { town, driver, orderId } = await carriedOrder(db());
    const admin = contextOf(db(), town.admin);
    await cancelOrder(admin, { ...key(), orderId, reason: 'other' });
    await restoreOrder(admin, { ...key(), orderId });
    expect(await deliveryIs(db(), orderId)).toMatchObject({
      status: 'unassigned',
      driverId: null,
      driverName: null,
      avoidDriverId: driver.userId,
    });
    const other = await makeDriver(db(), town, { meters: 900 });
    await runDispatchRound(contextOf(db(), 'dispatch'));
    expect(await pendingOffers(db(), other.userId)).toHaveLength(1);
  });

  it('is refused once the food has left, and for what is not cancelled', async () => {
    const { restore } = await placed();
    expect(await reasonOf(db(), restore)).toBe('illegal_step');
    const { town, orderId } = await carriedOrder(db(), { last: 'pick_up' });
    const admin = contextOf(db(), town.admin);
    await cancelOrder(admin, { ...key(), orderId, reason: 'other' });
    const late = () => restoreOrder(admin, { ...key(), orderId });
    expect(await reasonOf(db(), late)).toBe('food_has_left');
  });
});

describe('a dispatcher', () => {
  it('takes a delivery from one driver and gives it to another in one move', async () => {
    const { town, driver, orderId } = await carriedOrder(db());
    const other = await makeDriver(db(), town, { name: 'Otto Other' });
    const from = (await storyOf(db(), orderId)).length;
    expect(await giveTo(db(), town, orderId, other)).toMatchObject({ driverName: 'Otto Other' });
    expect(await storyOf(db(), orderId, from)).toEqual([
      'delivery.unassigned',
      'delivery.assigned',
    ]);
    const step = () => walk(db(), driver, orderId, 'arrive_pickup');
    expect(await reasonOf(db(), step)).toBe('delivery_not_found');
  });

  it('can’t take it once it is picked up, nor give it to a driver who is full', async () => {
    const { town, driver, orderId, deliveryId } = await carriedOrder(db(), { last: 'pick_up' });
    const other = await makeDriver(db(), town);
    expect(await reasonOf(db(), () => giveTo(db(), town, orderId, other))).toBe('illegal_step');
    const take = () => unassignDelivery(contextOf(db(), town.admin), { ...key(), deliveryId });
    expect(await reasonOf(db(), take)).toBe('illegal_step');
    const second = await placeTestOrder(db(), town);
    expect(await reasonOf(db(), () => giveTo(db(), town, second, driver))).toBe('driver_full');
  });

  it('searches again after no driver was found; then every attempt can be explained', async () => {
    const town = await makeTown(db(), { autoAccept: true, policy: { maxEmptyRounds: 1 } });
    const orderId = await placeTestOrder(db(), town);
    await runDispatchRound(contextOf(db(), 'dispatch'));
    const { id: deliveryId, status } = await deliveryIs(db(), orderId);
    expect(status).toBe('no_driver');
    const admin = contextOf(db(), town.admin);
    await retryDispatch(admin, { ...key(), deliveryId });
    const driver = await makeDriver(db(), town, { name: 'Late Larry' });
    await runDispatchRound(contextOf(db(), 'dispatch'));
    expect(await pendingOffers(db(), driver.userId)).toHaveLength(1);
    const attempts = await explainDispatch(admin, { orderId });
    expect(attempts.map(({ number, outcome }) => [number, outcome])).toEqual([
      [1, 'give_up'],
      [2, 'offer'],
    ]);
    expect(attempts[1]?.considered).toMatchObject([{ name: 'Late Larry', verdict: 'chosen' }]);
  });

  it('can’t search again while somebody is asked or carries it', async () => {
    const { town, deliveryId } = await carriedOrder(db());
    const retry = () => retryDispatch(contextOf(db(), town.admin), { ...key(), deliveryId });
    expect(await reasonOf(db(), retry)).toBe('illegal_step');
  });
});
