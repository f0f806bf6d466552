import { describe, expect, it } from 'vitest';
import { versionOf } from '@/db/queries/events';
import { pendingOffers } from '@/db/queries/orders';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, makeUser, type Town } from '@/db/testing/town';
import { type Refusal, Refusal as RefusalClass } from '@/domain/errors';
import { destinationPoint } from '@/domain/geo';
import type { Viewer } from '@/domain/roles';
import { assignDelivery, unassignDelivery } from './assign-delivery';
import { cancelOrder } from './cancel-order';
import { changeAddress, getAddressTerms } from './change-address';
import { delayOrder } from './delay-order';
import { handBackDelivery } from './hand-back-delivery';
import { deliveryIs, giveTo, orderIs, storyOf, takeStep, walk } from './journey.testing';
import { reasonOf, refusalOf } from './refused.testing';
import { runDispatchRound } from './run-dispatch-round';
import { runEtaRound } from './run-eta-round';
import { sendMessage } from './send-message';
import { restoreOrder, stepOrder } from './step-order';
import { contextOf, key, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase({ poolSize: 20 });
const db = () => database.connection.db;
const as = (who: Viewer) => contextOf(db(), who);

/** An accepted order, two dispatchers, and two drivers who are free. */
async function scene() {
  const town = await makeTown(db(), { autoAccept: true });
  const other = await makeUser(db(), 'admin', 'Bea Admin');
  const [ana, ben] = [
    await makeDriver(db(), town, { name: 'Ana Driver' }),
    await makeDriver(db(), town, { name: 'Ben Driver' }),
  ];
  const orderId = await placeTestOrder(db(), town);
  const { id: deliveryId } = await deliveryIs(db(), orderId);
  return { town, other, ana, ben, orderId, deliveryId };
}
type Scene = Awaited<ReturnType<typeof scene>>;

const seen = async (orderId: string) => ({
  ...key(),
  seenVersion: await versionOf(db(), orderId),
});

const doorOf = ({ centre }: Town, meters: number) => ({
  at: destinationPoint(centre, 90, meters),
  address: '9 Other Street',
  note: 'Ring twice',
});

/** What each action is asked with, by somebody who has looked. */
const actions = {
  assign: ({ deliveryId, ben }: Scene) => ({ deliveryId, driverId: ben.userId }),
};

async function refusedOf(call: Promise<unknown>): Promise<Refusal> {
  return call.then(
    () => {
      throw new Error('expected a refusal');
    },
    (error: unknown) => {
      if (error instanceof RefusalClass) return error;
      throw error;
    },
  );
}

describe('two dispatchers with the same order on their screens', () => {
  it('the later one hears who did what, and changes nothing', async () => {
    const here = await scene();
    const { town, other, ana, orderId, deliveryId } = here;
    const looked = await seen(orderId);
    await assignDelivery(as(other), { ...(await seen(orderId)), deliveryId, driverId: ana.userId });
    const late = () => assignDelivery(as(town.admin), { ...looked, ...actions.assign(here) });
    const refusal = await refusalOf(db(), late);
    expect(refusal).toMatchObject({
      ...{ code: 'conflict', reason: 'changed_meanwhile' },
      message: 'Bea Admin was faster: delivery assigned.',
      data: {
        changes: [
          {
            ...{ type: 'delivery.assigned', actor: `user:${other.userId}`, name: 'Bea Admin' },
            ...{ role: 'admin', driver: 'Ana Driver' },
          },
        ],
      },
    });
    expect(await deliveryIs(db(), orderId)).toMatchObject({ driverId: ana.userId });
    // Having looked again, they may.
    const again = { ...(await seen(orderId)), ...actions.assign(here) };
    await assignDelivery(as(town.admin), again);
    expect(await deliveryIs(db(), orderId)).toMatchObject({ driverName: 'Ben Driver' });
  });

  it('so does one person in a second tab, and who comes after a part of the platform', async () => {
    const { town, orderId } = await scene();
    const looked = await seen(orderId);
    await cancelOrder(as(town.admin), { ...(await seen(orderId)), orderId, reason: 'other' });
    const tab = () =>
      cancelOrder(as(town.admin), { ...looked, ...key(), orderId, reason: 'other' });
    expect(await refusalOf(db(), tab)).toMatchObject({
      reason: 'changed_meanwhile',
      data: { changes: expect.arrayContaining([expect.objectContaining({ name: 'Abe Admin' })]) },
    });
    const second = await scene();
    const before = await seen(second.orderId);
    await stepOrder(contextOf(db(), second.town.admin), {
      ...{ ...key(), orderId: second.orderId, command: 'start' as const },
    });
    const delay = () =>
      delayOrder(as(second.town.admin), { ...before, orderId: second.orderId, minutes: 5 });
    expect(await reasonOf(db(), delay)).toBe('changed_meanwhile');
  });

  it('talk, estimates and the search are in nobody’s way', async () => {
    const here = await scene();
    const { town, orderId } = here;
    const looked = await seen(orderId);
    await runDispatchRound(contextOf(db(), 'dispatch'));
    await runEtaRound(contextOf(db(), 'eta'));
    const content = { kind: 'quick' as const, key: 'thanks' };
    await sendMessage(as(town.customer), { ...key(), orderId, content });
    expect(await versionOf(db(), orderId)).toBeGreaterThan(looked.seenVersion);
    await assignDelivery(as(town.admin), { ...looked, ...actions.assign(here) });
    expect(await deliveryIs(db(), orderId)).toMatchObject({ driverName: 'Ben Driver' });
  });

  it.each(Array.from({ length: 12 }, (_, n) => n))('at once one wins, try %i', async (n) => {
    const { town, other, ana, ben, orderId, deliveryId } = await scene();
    const { seenVersion } = await seen(orderId);
    const input = () => ({ ...key(), seenVersion, orderId, deliveryId });
    const moves = [
      (who: Viewer) => assignDelivery(as(who), { ...input(), driverId: ana.userId }),
      (who: Viewer) => assignDelivery(as(who), { ...input(), driverId: ben.userId }),
      (who: Viewer) => cancelOrder(as(who), { ...input(), reason: 'no_driver' }),
    ];
    const [first, second] = [moves[n % 3], moves[(n + 1) % 3]];
    const outcomes = await Promise.all([
      outcomeOf(first?.(town.admin) ?? Promise.reject(new Error('no move'))),
      outcomeOf(second?.(other) ?? Promise.reject(new Error('no move'))),
    ]);
    expect(outcomes.filter((outcome) => 'ok' in outcome)).toHaveLength(1);
    expect(outcomes).toContainEqual({ refused: 'changed_meanwhile' });
  });

  it('the same request again has the same answer, whatever has happened since', async () => {
    const { town, ana, orderId, deliveryId } = await scene();
    const request = { ...(await seen(orderId)), deliveryId, driverId: ana.userId };
    const first = await assignDelivery(as(town.admin), request);
    await unassignDelivery(as(town.admin), { ...(await seen(orderId)), deliveryId });
    expect(await assignDelivery(as(town.admin), request)).toEqual(first);
    expect(await deliveryIs(db(), orderId)).toMatchObject({ driverId: null });
  });
});

describe('an undo has seen what it takes back', () => {
  it('and goes through while nobody else was there', async () => {
    const { town, ana, orderId, deliveryId } = await scene();
    const ctx = as(town.admin);
    const given = { ...(await seen(orderId)), deliveryId, driverId: ana.userId };
    const { version } = await assignDelivery(ctx, given);
    const back = await unassignDelivery(ctx, { ...key(), seenVersion: version, deliveryId });
    expect(await deliveryIs(db(), orderId)).toMatchObject({ status: 'offering' });
    const { version: again } = await assignDelivery(ctx, {
      ...{ ...key(), seenVersion: back.version, deliveryId, driverId: ana.userId },
    });
    const cancelled = await cancelOrder(ctx, {
      ...{ ...key(), seenVersion: again, orderId, reason: 'duplicate' as const },
    });
    await restoreOrder(ctx, { ...key(), seenVersion: cancelled.version, orderId });
    expect(await orderIs(db(), orderId)).toMatchObject({ status: 'accepted' });
  });

  it('and loses politely to whoever came between', async () => {
    const { town, other, ana, ben, orderId, deliveryId } = await scene();
    const given = { ...(await seen(orderId)), deliveryId, driverId: ana.userId };
    const { version } = await assignDelivery(as(town.admin), given);
    await assignDelivery(as(other), { ...(await seen(orderId)), deliveryId, driverId: ben.userId });
    const undo = () =>
      unassignDelivery(as(town.admin), { ...key(), seenVersion: version, deliveryId });
    expect(await refusalOf(db(), undo)).toMatchObject({
      message: 'Bea Admin was faster: delivery assigned.',
    });
    expect(await deliveryIs(db(), orderId)).toMatchObject({ driverId: ben.userId });
  });
});

describe('a delay', () => {
  it('puts the kitchen’s time off, is told by the next ETA, and can be taken back', async () => {
    const { town, orderId } = await scene();
    await runEtaRound(contextOf(db(), 'eta'));
    const before = await orderIs(db(), orderId);
    const { version } = await delayOrder(as(town.admin), {
      ...{ ...(await seen(orderId)), orderId, minutes: 30 },
    });
    await runEtaRound(contextOf(db(), 'eta'));
    const delayed = await orderIs(db(), orderId);
    const later = (a: Date | null, b: Date | null) =>
      ((a?.getTime() ?? 0) - (b?.getTime() ?? 0)) / 60_000;
    expect(later(delayed.readyEstimateAt, before.readyEstimateAt)).toBe(30);
    expect(later(delayed.etaTo, before.etaTo)).toBeGreaterThan(15);
    expect(delayed.delayedAt).not.toBeNull();
    expect(delayed.putOffMinutes).toBe(30);
    const undo = { ...key(), seenVersion: version, orderId, minutes: -30 };
    await delayOrder(as(town.admin), undo);
    await runEtaRound(contextOf(db(), 'eta'));
    const back = await orderIs(db(), orderId);
    expect(back).toMatchObject({ putOffMinutes: 0, delayedAt: null });
    expect(back.readyEstimateAt).toEqual(before.readyEstimateAt);
    const story = await storyOf(db(), orderId);
    expect(story.filter((type) => /put_off|brought|delayed/.test(type))).toEqual([
      ...['order.put_off', 'order.delayed', 'order.brought_forward'],
    ]);
  });

  it('is refused beyond its bounds, and of what is ready', async () => {
    const { town, orderId } = await scene();
    const delay = async (minutes: number) =>
      delayOrder(as(town.admin), { ...(await seen(orderId)), orderId, minutes });
    const earlier = { ...(await seen(orderId)), orderId, minutes: -5 };
    expect(await reasonOf(db(), () => delayOrder(as(town.admin), earlier))).toBe(
      'delay_out_of_range',
    );
    await delay(100);
    expect(await refusedOf(delay(30))).toMatchObject({ data: { most: 120, putOff: 100 } });
    for (const command of ['start', 'finish'] as const) {
      await stepOrder(as(town.admin), { ...key(), orderId, command });
    }
    expect((await refusedOf(delay(5))).reason).toBe('not_delayable');
  });
});

describe('another address', () => {
  it('moves door, way and pay, asks anew who was asked, and tells both', async () => {
    const { town, orderId, deliveryId } = await scene();
    await runDispatchRound(contextOf(db(), 'dispatch'));
    const [asked] = await pendingOffersOf(orderId);
    expect(asked).toBeDefined();
    const [before, payBefore] = [
      await orderIs(db(), orderId),
      (await deliveryIs(db(), orderId)).pay,
    ];
    const door = doorOf(town, 3_000);
    const terms = await getAddressTerms(as(town.admin), { orderId, at: door.at });
    expect(terms).toMatchObject({ delivers: true, feePaid: before.deliveryFee });
    expect(terms.feeThere).toBeGreaterThan(terms.feePaid);
    expect(terms.minutesMore).toBeGreaterThan(0);
    await changeAddress(as(town.admin), { ...(await seen(orderId)), orderId, ...door });
    const order = await orderIs(db(), orderId);
    expect(order).toMatchObject({
      ...{ dropoffAddress: '9 Other Street', dropoffNote: 'Ring twice', total: before.total },
      deliveryFee: before.deliveryFee,
    });
    expect(order.tripDistanceM).toBeCloseTo(3_000, -1);
    const delivery = await deliveryIs(db(), orderId);
    expect(delivery.pay).toBeGreaterThan(payBefore);
    expect(delivery.nextAttemptAt).not.toBeNull();
    expect(await pendingOffersOf(orderId)).toEqual([]);
    const story = await storyOf(db(), orderId);
    expect(story).toEqual(expect.arrayContaining(['order.address_changed', 'message.sent']));
    expect(deliveryId).toBe(delivery.id);
  });

  it('is refused outside the area, after the pickup, and for what is fetched', async () => {
    const { town, ana, orderId } = await scene();
    const change = async (meters: number) =>
      changeAddress(as(town.admin), { ...(await seen(orderId)), orderId, ...doorOf(town, meters) });
    expect((await refusedOf(change(9_000))).reason).toBe('address_too_far');
    await giveTo(db(), town, orderId, ana);
    await walk(db(), ana, orderId, 'arrive_pickup');
    await change(2_000);
    await takeStep(db(), ana, orderId, 'pick_up');
    expect((await refusedOf(change(1_000))).reason).toBe('address_fixed');
    const fetched = await placeTestOrder(
      db(),
      await makeTown(db(), { restaurant: { pickupOffered: true } }),
      { fulfilment: 'pickup' },
    );
    const input = { ...(await seen(fetched)), orderId: fetched, ...doorOf(town, 100) };
    const refused = await refusedOf(changeAddress(as(town.admin), input));
    expect(refused.reason).toBe('address_not_changeable');
  });

  it.each(Array.from({ length: 12 }, (_, n) => n))('against the pickup, try %i', async () => {
    const { town, ana, orderId } = await scene();
    await giveTo(db(), town, orderId, ana);
    await walk(db(), ana, orderId, 'arrive_pickup');
    const input = { ...(await seen(orderId)), orderId, ...doorOf(town, 2_000) };
    const [changed] = await Promise.all([
      outcomeOf(changeAddress(as(town.admin), input)),
      takeStep(db(), ana, orderId, 'pick_up'),
    ]);
    const { dropoffAddress } = await orderIs(db(), orderId);
    const story = await storyOf(db(), orderId);
    if ('ok' in changed) {
      expect(dropoffAddress).toBe('9 Other Street');
      expect(story.indexOf('order.address_changed')).toBeLessThan(
        story.indexOf('delivery.picked_up'),
      );
    } else {
      expect(changed.refused).toBe('changed_meanwhile');
      expect(dropoffAddress).toBe('2 Side Street');
    }
  });
});

it('an admin hands a delivery back on a driver’s behalf, with the driver’s reason', async () => {
  const { town, ana, orderId, deliveryId } = await scene();
  await giveTo(db(), town, orderId, ana);
  const reason = 'vehicle_broken' as const;
  await handBackDelivery(as(town.admin), { ...(await seen(orderId)), deliveryId, reason });
  expect(await deliveryIs(db(), orderId)).toMatchObject({
    ...{ status: 'offering', driverId: null, avoidDriverId: ana.userId },
    handBackReason: reason,
  });
});

async function pendingOffersOf(orderId: string) {
  return (await pendingOffers(db())).filter((offer) => offer.orderId === orderId);
}
